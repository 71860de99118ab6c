"""The gate: leaks in an output, and identifiable data in a repository."""

from collections.abc import Iterable
from importlib import import_module
from os import PathLike, environ
from typing import Any


def check_paths(paths: Iterable[str | PathLike[str]], **options: Any) -> Any:
    """What `deid check` finds in files and folders, as a `Report`; options are the fields of `gathering.Request`.

    Loaded when called: this folder's parts know nothing of formats or logs, and the gate of a run needs none of it.
    """
    from datetime import date
    from pathlib import Path

    gathering, checking = import_module("deid.study.check.gathering"), import_module("deid.study.check.checking")
    request = gathering.Request(paths=tuple(map(Path, paths)), **options)
    return checking.check(request, folder=Path.cwd(), environment=environ, today=date.today())
