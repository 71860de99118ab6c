"""Changes a study's key in a process to be killed: `python -m tests.study.vault.key_worker STUDY SEED WHAT`."""

import sys
from pathlib import Path

from deid.errors import AskedWrongly
from deid.study.vault.key_life import rotate
from deid.study.vault.withdrawal import withdraw_participant
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
