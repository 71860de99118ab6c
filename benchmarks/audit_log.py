"""How fast a log of 100,000 events is written and verified, and in how much memory.

python benchmarks/audit_log.py [EVENTS]
"""

import secrets
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from deid.audit.anchor import anchor_line
from deid.audit.log import AuditLog
from deid.audit.tally import facts_from_log
from deid.audit.verify import verify

EVENT = (
    "replaced",
    {
        "output": "drafts/P02-1_draft.docx",
        "code": "P02-1",
        "segment": 12,
        "start": 5,
        "end": 16,
        "token": "[Person 41]",
        "category": "PERSON",
        "kind": "person",
        "recogniser": "model_people",
        "band": "sure",
        "technique": "pseudonymization",
        "turn": 7,
        "timecode": "00:01:02.000",
        "reason": "title before a surname",
    },
)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, now, seed = Path(folder) / "audit.jsonl", datetime.now(UTC), secrets.token_bytes(32)
        log = AuditLog.create(path, seed, now, secrets.token_bytes)
        seconds = _timed(lambda: log.append([EVENT] * count, "deid", now, secrets.token_bytes, seed))
        print(f"append   {count / seconds:10,.0f} events a second ({seconds:.2f} s, one command)")
        print(f"size     {path.stat().st_size / 2**20:10.1f} MiB")
        print(f"open     {_timed(lambda: AuditLog.open(path)):10.2f} s")
        anchor = anchor_line(log.checkpoint())
        seconds = _timed(lambda: verify(path, anchor, drafts=Path(folder) / "drafts"))
        print(f"verify   {seconds:10.2f} s ({count / seconds:,.0f} events a second)")
        print(f"facts    {_timed(lambda: facts_from_log(log.events())):10.2f} s")
        for name, work in (
            ("append", lambda: log.append([EVENT] * count, "deid", now, secrets.token_bytes, seed)),
            ("open", lambda: AuditLog.open(path)),
            ("verify", lambda: verify(path, anchor, drafts=Path(folder) / "drafts")),
            ("facts", lambda: facts_from_log(log.events())),
        ):
            print(f"memory   {_peak(work) / 2**20:10.1f} MiB at most, {name} (twice as many events)")


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak(work) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
