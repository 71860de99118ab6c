"""`deid check` beside detect-secrets and gitleaks, on the same tree, in one run: python benchmarks/check_speed.py

CPU and wall seconds of the whole command from start to exit, with all its processes, the best of three (of one on the
large trees); gitleaks only where it is installed. They look for other things (secrets, not people): this says what a
gate costs, not what it finds.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.check import invented


def tree(folder: Path, files: int, size: int) -> int:
    """Prose of everyday words, with a number here and there; the bytes written."""
    chance = random.Random(7)
    words = (Path(__file__).parents[1] / "configs" / "words" / "common.txt").read_text(encoding="utf-8").split()
    total = 0
    for number in range(files):
        lines, written = [], 0
        while written < size:
            line = " ".join(chance.choices(words, k=14)).capitalize()
            line += f" {chance.randint(1, 2030)}.\n" if chance.random() < 0.1 else ".\n"
            lines.append(line)
            written += len(line)
        (folder / f"{number // 200}").mkdir(exist_ok=True)
        (folder / f"{number // 200}" / f"f{number}.txt").write_text("".join(lines), encoding="utf-8")
        total += written
    return total


class Cost(NamedTuple):
    cpu: float
    wall: float
    peak: float  # MiB of the largest process


def cost(command: list[str], folder: Path, environment: dict[str, str]) -> Cost:
    before = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    used = os.wait4(process.pid, 0)[2]
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - before, used.ru_maxrss / 1024)


def main() -> None:
    beside = Path(sys.executable).parent
    watched = {**os.environ, **invented.ENVIRONMENT}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DEID_")}
    for files, size, rounds in ((100, 20_000, 3), (10_000, 2_000, 1), (10_000, 300, 1)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "tree"
            folder.mkdir()
            total = tree(folder, files, size)
            watchlist = folder.parent / "watchlist"
            watchlist.write_text(invented.examples_list().text, encoding="utf-8", newline="\n")
            check = [str(beside / "deid"), "check", ".", "--watchlist", str(watchlist)]
            commands = [
                ("deid check", check, watched),
                ("deid check, one process", [*check, "--workers", "1"], watched),
                ("deid check, patterns alone", [str(beside / "deid"), "check", "."], plain),
                ("detect-secrets scan", [str(beside / "detect-secrets"), "scan", "--all-files", "."], plain),
                ("gitleaks detect", ["gitleaks", "detect", "--no-git", "--redact"], plain),
            ]
            print(f"\n{files} files of {size} bytes, {total / 1e6:.1f} MB\n")
            print("| scanner | CPU s | wall s | MB a CPU second | CPU, as a ratio | MiB |\n|---|---|---|---|---|---|")
            first = 0.0
            for label, command, environment in commands:
                if shutil.which(command[0]) is None:
                    print(f"| {label} | not installed | | | | |")
                    continue
                best = min(cost(command, folder, environment) for _ in range(rounds))
                first = first or best.cpu
                print(
                    f"| {label} | {best.cpu:.2f} | {best.wall:.2f} | {total / 1e6 / best.cpu:.1f}"
                    f" | {best.cpu / first:.1f} | {best.peak:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
