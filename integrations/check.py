#!/usr/bin/env python3
"""Runs `deid check` with nothing installed but Python: for the commit hook, the GitHub Action and the GitLab template.

`check.py baseline add ...` runs `deid baseline`; all else is what `deid check` takes.

The first run makes an environment from requirements/check.txt, each package pinned by its digest, in a folder that is
named after that file; later runs find it there. It holds no spaCy, no Presidio, no onnxruntime, no numpy.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PINNED = HOME / "requirements" / "check.txt"
RUN = "import sys; sys.argv[0] = 'deid'; from deid.cli import main; main()"


def environment() -> Path:
    """The environment's Python, made where it is missing."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    digest = hashlib.sha256(PINNED.read_bytes() + version.encode()).hexdigest()[:16]
    base = os.environ.get("DEID_CHECK_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "deid-check" / digest
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "whole").is_file():
        make(folder, program)
    return program


def make(folder: Path, program: Path) -> None:
    """Anew, so that an install which was broken off is never taken for a whole one."""
    sys.stderr.write("deid: installing what the check needs, once\n")
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--only-binary=:all:", "--require-hashes", "-r", PINNED], check=True, stdout=sys.stderr)
    subprocess.run([program, "-m", "pip", "uninstall", "--quiet", "--yes", "pip"], check=True, stdout=sys.stderr)
    (folder / "whole").touch()


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.stderr.write("deid: error: the check needs Python 3.11, 3.12 or 3.13\n")
        return 3
    try:
        program = environment()
    except (OSError, subprocess.CalledProcessError):
        sys.stderr.write("deid: error: what the check needs cannot be installed, so nothing was checked\n")
        return 3
    with tempfile.TemporaryDirectory() as bytecode:
        inherited = {**os.environ, "PYTHONPATH": str(HOME), "PYTHONPYCACHEPREFIX": bytecode, "PYTHONUTF8": "1"}
        inherited.pop("PYTHONHOME", None)
        if os.access(HOME, os.W_OK):
            inherited.pop("PYTHONPYCACHEPREFIX")
        asked = sys.argv[1:] if sys.argv[1:2] == ["baseline"] else ["check", *sys.argv[1:]]
        return subprocess.run([program, "-c", RUN, *asked], env=inherited, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
