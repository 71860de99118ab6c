"""Everybody and everything that the settled stretches of a transcript name."""

from functools import lru_cache

from deid.model import Settled, Transcript
from deid.resolve.gazetteer import Gazetteer
from deid.resolve.placed import place
from deid.resolve.sightings import Sighting, sightings
from deid.resolve.things import Thing, things

_REMEMBERED = 64  # transcripts: what a round finds settled as the round before did is not read again


@lru_cache(maxsize=_REMEMBERED)
def mentioned(
    transcript: Transcript, settled: tuple[Settled, ...], gazetteer: Gazetteer
) -> tuple[tuple[Sighting, ...], tuple[Thing, ...]]:
    """The persons, and all that are no persons, each in reading order."""
    placed = place(transcript, settled)
    return sightings(transcript, placed), things(transcript, placed, gazetteer)
