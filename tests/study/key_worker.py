"""Changes a study's key in a process of its own, to be killed: `python -m tests.study.key_worker STUDY SEED WHAT`."""

import sys
from pathlib import Path

from deid.errors import AskedWrongly
from deid.study.key_life import rotate
from deid.study.withdrawal import withdraw_participant
from tests.invented import again

if __name__ == "__main__":
    study, seed, what = sys.argv[1:]
    opened = again(Path(study), seed)
    print("ready", flush=True)
    while what == "rotate":
        rotate(opened)
        print(opened.vault.generation, flush=True)
    try:
        withdraw_participant(opened, what)
    except AskedWrongly:
        print("already", flush=True)
