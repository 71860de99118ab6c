"""How often the automatic intruder names the participants of the six examples, tier by tier, before and after its plan.

deid roster import examples/roster.csv --study STUDY; deid run examples/files/p0?*.{docx,srt,txt,vtt} --study STUDY

python benchmarks/intruder.py STUDY            each tier as it would be released
python benchmarks/intruder.py STUDY --mend     archive: what the plan says is described in review, which changes STUDY
"""

import argparse
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from deid.model import Span
from deid.risk.intruder import Guess, right
from deid.risk.plan import Step
from deid.risk.released import Fact, own_value
from deid.spans import Shift
from deid.study.acts import Asked
from deid.study.folder import Study, open_study
from deid.study.memory import detector_of
from deid.study.render import Rendered
from deid.study.reviewing import Reviewing
from deid.study.risk import Assessed, assess_study
from deid.study.showing import show
from deid.vault.seal import Passphrase

# What a reviewer types in place of a value that goes; a pronoun is left, and accepted with a reason.
ROUNDS = 3
WORDS = {"role": "a post", "agency": "a body", "place": "a place", "age": "an age", "trait": "a detail"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the automatic intruder on the examples.")
    parser.add_argument("--mend", action="store_true", help="describe what the plan says, as a reviewer would")
    parser.add_argument("study", type=Path, help="a study of the examples; DEID_PASSPHRASE opens it")
    asked = parser.parse_args()
    study = open_study(
        asked.study, Passphrase(os.environ["DEID_PASSPHRASE"]), environment=os.environ, random=secrets.token_bytes,
        clock=lambda: datetime.now(UTC),
    )  # fmt: skip
    for tier in ("archive",) if asked.mend else ("team", "archive", "public"):
        _say(tier, assess_study(study, show(study, tier)))
    if asked.mend:
        _mended(study)


def _mended(study: Study) -> Assessed:
    """Every value of the plan in the reviewer's own words, at every place; then everything as it would be released.

    What the first round uncovers, a second one mends: a reviewer reads again as well.
    """
    for number in range(1, ROUNDS + 1):
        with detector_of(study, reads_all=True) as detector:
            review = Reviewing(study, detector, tier="archive", foresees=True)
            acts = dict(_acts(review.assess(), review.rendered))
            for at, words in acts.items():
                review.act(Asked("describe", "R1", places=(at,), words=words), review.revision)
            review.settle()
            found = assess_study(study, review.rendered)
        _say(f"archive, {len(acts)} places described in round {number}", found)
        if not acts:
            break
    return found


def _acts(before: Assessed, shown: Rendered) -> Iterator[tuple[tuple[str, Span], str]]:
    for step, fact in _values(before):
        words = WORDS.get(step.item[0], "") if step.becomes == "withheld" else step.becomes
        place = _in_source(before, shown, fact)
        if words and place is not None:
            yield (fact.code, place), words


def _values(assessed: Assessed) -> Iterator[tuple[Step, Fact]]:
    for step in assessed.assessment.plan.steps:
        for fact in assessed.assessment.facts:
            if (fact.who, fact.attribute, fact.value) == (step.who, *step.item):
                yield step, fact


def _in_source(assessed: Assessed, shown: Rendered, fact: Fact) -> Span | None:
    turn = next(
        turn for talk in assessed.released.talks if talk.code == fact.code for turn in talk.turns
        if turn.number == fact.turn and fact.end <= len(turn.text) and turn.pieces
        and (turn.number or any((token.start, own_value(token)) == (fact.start, fact.value) for token in turn.tokens))
    )  # fmt: skip
    shift = Shift(shown.outcome.products[fact.code].replacements)
    for piece in turn.pieces:
        if piece.start <= fact.start and fact.end <= piece.start + piece.length:
            start, end = shift.back(piece.segment, fact.start - piece.start, fact.end - piece.start)
            return Span(piece.segment, start, end)
    return None


def _say(tier: str, assessed: Assessed) -> None:
    found, after = assessed.assessment.guesses, assessed.assessment.plan.afterwards
    steps = len(assessed.assessment.plan.steps)
    print(
        f"{tier}: {right(found)[0]:.2f} of {len(found)} named right; {steps} steps of the plan, {right(after)[0]:.2f}"
        f" with them; by lot 1. Alone with it: {', '.join(_alone(found)) or 'nobody'}"
    )


def _alone(found: tuple[Guess, ...]) -> Iterator[str]:
    return (guess.who for guess in found if guess.best == (guess.who,))


if __name__ == "__main__":
    main()
