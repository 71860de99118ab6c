"""The samples of `deid selftest`, with "Canary" planted in every place of every format."""

from deid.formats import choose, rtf
from deid.study.evaluate.planting import BUILDERS


def made() -> dict[str, bytes]:
    absent = set() if rtf.libreoffice() else {"rtf"}
    suffix = {name: choose.load(name).SUFFIXES[0] for name in BUILDERS if name not in absent}
    return {f"planted{suffix[name]}": BUILDERS[name](lambda place: "Canary") for name in suffix}
