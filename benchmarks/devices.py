"""The devices that detection and linking are made of, each with the switch that takes it out, for gains.py.

A switch is a setting, a region pack without a part, a recogniser left out, or else functions or constants of deid that
are replaced while the benchmark runs. Such a replacement names its place, and a test holds that the place is there.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from deid import plugins
from deid.config import Detect
from deid.detect import recognisers
from deid.detect.passage import Cast, make_passage
from deid.detect.turns import Piece, Stretch
from deid.model import Transcript
from deid.region import Keep, Region, load_region

ALL = plugins.names(recognisers)


@dataclass(frozen=True, slots=True)
class Patch:
    """`place` is "module:name"; while the patch is on, `make` of what stands there stands in its place."""

    place: str
    make: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Device:
    """How to take one device out. `stays`: why it is there although no figure moves without it."""

    name: str
    detect: Detect = field(default_factory=Detect)
    region: Callable[[Region], Region] = lambda region: region
    patches: tuple[Patch, ...] = ()
    stays: str = ""


@contextmanager
def without(device: Device) -> Iterator[None]:
    """While this lasts, the device's patches are on. What deid has cached under other rules is forgotten."""
    before = []
    for patch in device.patches:
        path, _, name = patch.place.partition(":")
        module = importlib.import_module(path)
        before.append((module, name, getattr(module, name)))
    try:
        for patch, (module, name, old) in zip(device.patches, before, strict=True):
            setattr(module, name, patch.make(old))
        if before:
            _forget()
        yield
    finally:
        for module, name, old in reversed(before):
            setattr(module, name, old)
        if before:
            _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "deid":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _all_but(*names: str) -> Detect:
    return Detect(recognisers=tuple(name for name in ALL if name not in names))


def _put(value: object, *places: str) -> tuple[Patch, ...]:
    return tuple(Patch(place, lambda _: value) for place in places)


def _answer(value: object, *places: str) -> tuple[Patch, ...]:
    """Functions that give this answer whatever they are asked."""
    return _put(lambda *_, **__: value, *places)


def _all_pass(*places: str) -> tuple[Patch, ...]:
    """Functions of (findings, transcript) that let every finding through."""
    return _put(lambda findings, _: (findings, ()), *places)


def _variants_but(*reasons: str) -> tuple[Patch, ...]:
    """Forms of people without those that are there for one of these reasons."""

    def make(variants: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        return lambda *given: (form for form in variants(*given) if not form.why.startswith(reasons))

    return (Patch("deid.resolve.forms:_variants_of_person", make),)


def _keep_without(*reasons: str) -> Callable[[Region], Region]:
    """The pack without the keep lines of these reasons."""

    def is_wanted(line: Keep) -> bool:
        return not line.reason.startswith(reasons)

    return lambda region: replace(region, keep=tuple(filter(is_wanted, region.keep)))


def _uncued(region: Region) -> Region:
    """The pack with every name as if it were nothing else."""
    places = tuple(replace(place, cue=False) for place in region.places)
    agencies = tuple(replace(one, aliases=(*one.aliases, *one.cue_aliases), cue_aliases=()) for one in region.agencies)
    return replace(region, places=places, agencies=agencies)


def _first_alone(forms_of: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Of a name's forms the whole one, which comes first."""
    return lambda words: islice(forms_of(words), 1)


class _NeverTwice:
    """A count that stays at nothing."""

    def __getitem__(self, key: object) -> int:
        return 0

    def __setitem__(self, key: object, value: int) -> None:
        pass


def _line_by_line(transcript: Transcript, cast: Cast) -> Iterator[Stretch]:
    """Every line of every segment as a passage of its own: nothing is read across a line, a cue or a run."""
    speaker = ""
    for number, segment in enumerate(transcript.segments):
        speaker = segment.text if segment.kind == "speaker" else speaker
        for line in re.finditer(r"[^\n]*\S[^\n]*", segment.text):
            of = speaker if segment.kind == "speech" else ""
            passage = make_passage(line.group(), kind=segment.kind, speaker=of, turn=segment.turn, cast=cast)
            yield Stretch(transcript.code, passage, (Piece(0, len(line.group()), number, line.start()),))


_NOTHING = re.compile(r"(?!)")
_SPREAD = "deid.pipeline:spread"
_OVERLOOKED = "deid.pipeline:overlooked"
_GO_ROUND = "deid.pipeline:_MOST_ROUNDS"
_CARRY_NOTHING = (Patch(_SPREAD, lambda _: lambda findings, *__: dict(findings)), *_answer((), _OVERLOOKED))
_BESIDE = tuple(
    f"deid.detect.{module}:person_context"
    for module in ("recognisers.names_by_cue", "recognisers.names_by_list", "recognisers.people", "known_claims")
)
_SAID = tuple(
    f"deid.detect.{module}:said_numbers"
    for module in ("labelled", "recognisers.long_numbers", "recognisers.phones", "recognisers.case_references",
                   "recognisers.dates")
)  # fmt: skip
_TO_PLACES = tuple(
    f"deid.detect.place_cues:{name}"
    for name in ("TO_A_PLACE", "TO_A_PLACE_OR_PERSON", "_GOING", "_COVERING", "_ON_THE")
)

MODELS = (
    Device("both models (rules and lists alone)", Detect(models=())),
    Device("spaCy (Rampart alone)", Detect(models=("rampart",))),
    Device("Rampart (spaCy alone)", Detect(models=("spacy",))),
    Device("Rampart's cut-off at 0.2 and not at 0.1", Detect(rampart_cut=0.1)),
    Device("Rampart's cut-off at 0.2 and not at 0.5", Detect(rampart_cut=0.5)),
    Device("a trust of its own for each model", patches=_put({}, "deid.detect.votes:_TRUST")),
    Device("replaced from 0.4 on and not from 0.2",
           patches=_put(0.2, "deid.resolve.decide:REPLACED", "deid.resolve.spread:REPLACED")),
    Device("replaced from 0.4 on and not from 0.6: the unsure too",
           patches=_put(0.6, "deid.resolve.decide:REPLACED", "deid.resolve.spread:REPLACED")),
    Device("second reading of text all in one case", Detect(second_reading=False)),
    Device("names across the ends of lines and cues", patches=_put(_line_by_line, "deid.detect.engine:stretches")),
)  # fmt: skip

CARRIED = (
    Device("all of it: echoes, spread and the look at the rewritten text", _all_but("echoes"),
           patches=_CARRY_NOTHING),
    Device("echoes: sure names in every passage, by their neighbours", _all_but("echoes")),
    Device("spread: certain forms in every gap",
           patches=(Patch(_SPREAD, lambda _: lambda findings, *__: dict(findings)),)),
    Device("parts of names, from labels, echoes and spread", patches=(
        *_variants_but("part of a name"), Patch("deid.detect.known_names:_of_full_name", _first_alone))),
    Device("spread: parts of names", patches=_variants_but("part of a name"),
           stays="echoes finds them first; this knows the names of earlier runs too"),
    Device("spread: nicknames and listed short forms", patches=_variants_but("a nickname", "a short form"),
           stays="none is needed in these sets, where models and lists read the short forms themselves"),
    Device("spread: short names of bodies", patches=_answer((), "deid.resolve.forms:_short_bodies")),
    Device("spread: nearly right spellings", patches=_answer((), "deid.resolve.spread:near_misses"),
           stays="none is needed in these sets; what it finds is replaced and listed for review"),
    Device("spread: split and joined names", patches=_answer((), "deid.resolve.spread:_split_or_joined"),
           stays="none is needed in these sets; the region pack reads its own split names"),
    Device("spread: numbers with other separators", patches=_put(_NOTHING, "deid.resolve.spread:_NUMBER"),
           stays="none is needed in these sets, where each number is found by its own pattern"),
    Device("spread: certain because found twice", patches=_put(_NeverTwice, "deid.resolve.forms:Counter"),
           stays="in these sets what is found twice is found in its other places as well"),
    Device("spread: certain because a rule found it", patches=_put(1.1, "deid.resolve.forms:CERTAIN_BY_RULE")),
    Device("operations by their bare names", patches=_answer({}, "deid.resolve.spread:named_cases")),
    Device("the look at the rewritten text for known forms", patches=_answer((), _OVERLOOKED),
           stays="a net under spread, for what only linking or an earlier run knows"),
    Device("a second round with what the first has learnt", patches=_put(1, _GO_ROUND),
           stays="so that the next run changes nothing; it is no device of recall"),
)  # fmt: skip

# As if no tagger had read along: every guess counts as it did.
_NOBODY_SECONDS = (Patch("deid.detect.engine:seconded", lambda _: lambda _, claims: tuple(claims)),)

FOUND = (
    Device("words beside a name that speak of a person", _all_but("names_by_cue"), patches=_answer(0, *_BESIDE)),
    Device("the tagger", _all_but("tagged", "firmly_tagged"), patches=_NOBODY_SECONDS),
    Device("words that lead to a place", patches=_put(frozenset(), *_TO_PLACES)),
    Device("lists of given names and surnames", _all_but("names_by_list"),
           patches=_answer({}, "deid.detect.name_lists:given_names", "deid.detect.name_lists:surnames")),
    Device("numbers said in words", patches=_answer((), *_SAID)),
    Device("names spelt letter by letter", _all_but("spelt_names")),
    Device("the region pack, all of it", region=lambda _: load_region("none")),
    Device("the region pack: places", region=lambda region: replace(region, places=())),
    Device("the region pack: agencies", region=lambda region: replace(region, agencies=())),
    Device("the region pack: roles", region=lambda region: replace(region, roles=())),
    Device("the region pack: shapes of references",
           region=lambda region: replace(region, references=load_region("none").references)),
    Device("the region pack: short forms of names", region=lambda region: replace(region, nicknames={})),
)  # fmt: skip

KEPT = (
    Device("a rule's guess needs a second: the tagger's", patches=_NOBODY_SECONDS),
    Device("the keep list, all of it", region=lambda region: replace(region, keep=())),
    Device("the keep list: national bodies, public cases, events and people",
           region=_keep_without("national body", "national report", "national scheme", "public case", "public person",
                                "public service", "festival", "nation or")),
    Device("the keep list: guidance, law, frameworks and tools",
           region=_keep_without("statut", "framework", "tool", "model of", "threshold", "technology")),
    Device("the keep list: kinds of agency, team, meeting and post",
           region=_keep_without("generic kind", "kind of", "function", "police or court")),
    Device("the keep list: communities, nations and languages",
           region=_keep_without("community", "nationality", "language")),
    Device("a kept word that means somebody here goes (where people live and work)",
           patches=_answer(False, "deid.resolve.keep:is_meant_here")),
    Device("generic words name no body", patches=_answer(False, "deid.resolve.public_names:_is_generic"),
           stays="this pack's keep list says the same; it speaks for packs whose list is short"),
    Device("ordinary English words need more to be a name",
           patches=_answer(frozenset(), "deid.detect.name_lists:english_words",
                           "deid.detect.name_lists:common_words")),
    Device("ordinary English words are not carried over",
           patches=_answer(frozenset(), "deid.resolve.spread:english_words")),
    Device("places and bodies that are words too need a cue", region=_uncued),
    Device("capitals name nothing in written prose",
           patches=_answer(False, "deid.detect.recognisers.capital_names:is_written_prose"),
           stays="these sets are talk; it was made for judgments and reports (quality.md has such a set)"),
    Device("one person over a list of names gives way",
           patches=_all_pass("deid.resolve.decide:without_lists_of_names"),
           stays="the recognisers part such lists themselves, and nothing in these sets reaches it"),
    Device("a model's misreading gives way to a rule", patches=_all_pass("deid.resolve.decide:without_misreadings")),
    Device("what is carried over gives way to what is read", patches=_all_pass("deid.resolve.decide:without_echoes")),
    Device("a model's person that the pack knows as a place or body is recast",
           patches=_put(lambda findings, *_: findings, "deid.pipeline:recast")),
)  # fmt: skip

LINKED = (
    Device("short forms by their shape", patches=_answer(False, "deid.resolve.nicknames:is_shortening",
                                                         "deid.resolve.nicknames:is_by_name",
                                                         "deid.resolve.fitting:is_by_name")),
    Device("initials stand for full names", patches=_answer(frozenset(), "deid.resolve.people:initials_of")),
    Device("the other Grace, Grace Vane: said who is meant",
           patches=_answer(set(), "deid.resolve.short_names:_resolve_appositions")),
)  # fmt: skip

RECOGNISERS = tuple(Device(f"`{name}`", _all_but(name)) for name in ALL)

GROUPS: dict[str, Sequence[Device]] = {
    "Models, cut-offs and readings": MODELS,
    "Carrying over what is certain": CARRIED,
    "Cues, lists and the region pack": FOUND,
    "Precision": KEPT,
    "Linking": LINKED,
    "Recognisers, each left out alone": RECOGNISERS,
}
