"""The architecture, held by parsing every import: who may know whom, and which folder knows which package."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "deid"
FILES = sorted(PACKAGE.rglob("*.py"))

# Low to high. A file may import its own part and any lower layer; parts of one layer never import each other.
LAYERS = (
    {"model", "errors", "fold", "spans", "values", "checksums", "whole", "cells", "interval"},
    {"plugins", "config", "region", "region_build", "region_layouts", "digests"},
    {"formats", "detect", "resolve", "pseudonymise", "vault", "audit", "risk", "check", "evaluate"},
    {"rules"},
    {"pipeline"},
    {"study"},
    {"review"},
    {"cli"},
    {"__main__"},
)
# region.py is read by region_build.py and config.py by both: within their layer these are allowed.
SAME_LAYER = {
    ("region", "config"),
    ("region_build", "region"),
    ("region_build", "config"),
    ("region_build", "region_layouts"),
    ("region_layouts", "region"),
    ("spans", "model"),
    ("values", "fold"),
}

# Inside study/: what a folder may import beside itself and the study's own files, which import none of the folders.
STUDY = {
    "vault": set(),
    "check": set(),
    "evaluate": set(),
    "risk": set(),
    "release": {"vault", "risk"},
    "review": {"vault", "risk"},
}
# A run says how much is left to decide.
STUDY_UPWARDS = {("run.py", "deid.study.review.answers")}

# Each third-party package is known to one place, so that any of them can be replaced in one place.
KNOWN_TO = {
    "presidio_analyzer": {"detect"},
    "spacy": {"detect"},
    "thinc": {"detect"},
    "onnx": {"detect"},
    "onnxruntime": {"detect"},
    "numpy": {"detect"},
    "ahocorasick_rs": {"detect"},
    "tldextract": {"detect"},
    "presidio_anonymizer": {"pseudonymise"},
    "cryptography": {"vault", "audit", "digests"},
    "rfc8785": {"audit"},
    "rapidfuzz": {"resolve"},
    "lxml": {"formats"},
    "openpyxl": {"formats"},
    "pypdfium2": {"formats"},
    "pdfminer": {"formats"},
    "PIL": {"formats"},
    "charset_normalizer": {"formats"},
    "pydantic": {"config", "pseudonymise"},
    "starlette": {"review"},
    "uvicorn": {"review"},
    "anyio": {"review"},
    "jinja2": {"review", "audit"},
    "weasyprint": {"audit"},
    "keyring": {"vault"},
    "click": {"cli"},
}
# The rivals that `deid evaluate` measures beside deid are loaded there and nowhere else.
RIVALS = {"presidio_analyzer", "spacy", "scrubadub", "datafog", "tldextract"}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are absolute"
            found.append((node.lineno, node.module or ""))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names if node.module == "deid"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = part(path)
    if own == "__init__":
        return
    for line, name in imports(path):
        top, _, rest = name.partition(".")
        if top == "deid" and rest:
            other = rest.split(".")[0]
            allowed = other == own or layer(other) < layer(own) or (own, other) in SAME_LAYER
            assert allowed, f"{path.name}:{line}: {own} may not import {other}"
        elif top in KNOWN_TO:
            may = KNOWN_TO[top] | ({"evaluate"} if top in RIVALS else set())
            assert own in may, f"{path.name}:{line}: only {sorted(may)} may import {top}"


def test_presidio_anonymizer_is_known_to_one_file() -> None:
    users = {path.name for path in FILES if any(name.startswith("presidio_anonymizer") for _, name in imports(path))}
    assert users <= {"rewrite.py"}


def test_plugins_are_not_imported_by_name() -> None:
    """A format, recogniser or strategy is found by its file's name; nothing else names it."""
    for path in FILES:
        for line, name in imports(path):
            assert not name.startswith("deid.detect.recognisers."), f"{path.name}:{line}"


def study_folder(name: str) -> str:
    parts = name.removeprefix("deid.study.").split(".")
    return parts[0] if parts[0] in STUDY else ""


@pytest.mark.parametrize("path", [path for path in FILES if part(path) == "study"], ids=lambda path: path.stem)
def test_the_folders_of_a_study_know_only_what_they_build_on(path: Path) -> None:
    own = study_folder(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    allowed = {own, ""} | STUDY.get(own, set())
    for line, name in imports(path):
        if name.startswith("deid.study.") and (path.name, name) not in STUDY_UPWARDS:
            assert study_folder(name) in allowed, f"{path.name}:{line} imports {name}"
