"""Runs the main job in a process of its own: `python -m tests.study.worker STUDY SEED SOURCE...`."""

import sys
from pathlib import Path

from tests.invented import again, run_on

if __name__ == "__main__":
    study, seed, *sources = sys.argv[1:]
    opened = again(Path(study), seed)
    print("ready", flush=True)
    report = run_on(opened, *map(Path, sources))
    print("done", report.exit_code, flush=True)
