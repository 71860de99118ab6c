"""A detector that remembers: what the models said of a turn is not asked again until the turn changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from deid.detect.cache import Cache
from deid.detect.engine import Detector
from deid.study.folder import Study
from deid.study.outputs import write_whole
from deid.vault.sealed_cache import open_cache, seal_cache

FILE = "cache"
_NONCE = 12


@contextmanager
def detector_of(study: Study, *, reads_all: bool) -> Iterator[Detector]:
    """The study's detector with its cache, which is saved afterwards where something is new in it.

    reads_all: all transcripts of the study are read, so what is not asked for belongs to no text any more and fades.
    """
    if not study.settings.detect.cache:
        yield Detector(study.settings, study.region)
        return
    key, path = study.contents.keys.cache, study.folder / FILE
    stored = open_cache(key, path.read_bytes()) if path.is_file() else b""
    cache = Cache(key, stored)
    yield Detector(study.settings, study.region, cache=cache)
    rows = cache.dump(fades=reads_all)
    if rows != stored:
        write_whole(path, seal_cache(key, rows, study.random(_NONCE)), study.random)
