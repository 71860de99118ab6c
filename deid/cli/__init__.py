"""The command line: parse, call one function, print; nothing else."""


def main() -> None:
    raise SystemExit("not built yet")
