"""`deid check` beside detect-secrets and gitleaks, on the same tree, in one run: python benchmarks/check_speed.py

CPU seconds of the whole process from start to exit, the best of three (of one on the large tree); gitleaks only where
it is installed. They look for other things (secrets, not people): this says what a gate costs, not what it finds.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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


def cpu_seconds(command: list[str], folder: Path, environment: dict[str, str], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main() -> None:
    beside = Path(sys.executable).parent
    watched = {**os.environ, **invented.ENVIRONMENT}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DEID_")}
    for files, size, rounds in ((100, 20_000, 3), (10_000, 2_000, 1)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            total = tree(folder, files, size)
            watchlist = folder.parent / f"{folder.name}.watchlist"
            watchlist.write_text(invented.examples_list().text, encoding="utf-8", newline="\n")
            check = [str(beside / "deid"), "check", "."]
            commands = [
                ("deid check, watchlist and patterns", [*check, "--watchlist", str(watchlist)], watched),
                ("deid check, patterns", check, plain),
                ("detect-secrets scan", [str(beside / "detect-secrets"), "scan", "--all-files", "."], plain),
                ("gitleaks detect", ["gitleaks", "detect", "--no-git", "--redact"], plain),
            ]
            print(f"\n{files} files of {size} bytes, {total / 1e6:.1f} MB\n")
            print("| scanner | CPU s | MB/s | ratio |\n|---|---|---|---|")
            first = 0.0
            for label, command, environment in commands:
                if shutil.which(command[0]) is None:
                    print(f"| {label} | not installed | | |")
                    continue
                seconds = cpu_seconds(command, folder, environment, rounds)
                first = first or seconds
                print(f"| {label} | {seconds:.2f} | {total / 1e6 / seconds:.1f} | {seconds / first:.2f} |")
            watchlist.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"\nlargest process: {peak / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
