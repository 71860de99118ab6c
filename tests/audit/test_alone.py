"""Somebody who has the release folder and nothing else: no vault, no models, no settings, no home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deid.audit.anchor import anchor_line
from tests.audit.sample import whole_study

PROGRAM = """
import sys
from pathlib import Path
from deid.audit.verify import explain, verify
found = verify(Path("audit.jsonl"), sys.argv[1], release=Path("."))
print(explain(found))
strangers = ("deid.vault", "deid.detect", "deid.study", "deid.formats", "spacy", "presidio_analyzer", "numpy", "jinja2")
print([name for name in sys.modules if name.startswith(strangers)])
sys.exit(0 if found.ok and found.anchored else 1)
"""


def test_a_release_is_verified_where_nothing_else_is(tmp_path: Path):
    study = whole_study(tmp_path / "study")
    anchor = anchor_line(study.log.checkpoint())
    release = Path(shutil.copytree(study.folder / "releases/archive/1", tmp_path / "received"))
    shutil.rmtree(study.folder)
    environment = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    copied_before_the_end = anchor_of_copy(release)
    for line, code in ((copied_before_the_end, 0), (anchor, 1)):  # an anchor of after the release anchors nothing
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, line], cwd=release, env=environment, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
        assert done.stdout.rstrip().endswith("[]"), "nothing but the audit folder was loaded"


def anchor_of_copy(release: Path) -> str:
    from deid.audit.verify import anchor_of, verify

    return anchor_of(verify(release / "audit.jsonl"))
