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

from deid.risk.intruder import Guess, right
from deid.study.folder import Study, open_study
from deid.study.memory import detector_of
from deid.study.review.acts import Asked
from deid.study.review.reviewing import Reviewing
from deid.study.risk.mending import mends_of
from deid.study.risk.risk import Assessed, assess_study
from deid.study.showing import show
from deid.vault.seal import Passphrase

ROUNDS = 3


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
    """The plan of each participant in one act, as from their card; then everything as it would be released.

    What the first round uncovers, a second one mends: a reviewer reads again as well.
    """
    for number in range(1, ROUNDS + 1):
        with detector_of(study, reads_all=True) as detector:
            review = Reviewing(study, detector, tier="archive", foresees=True)
            steps = [one for one in mends_of(review.assess(), review.rendered) if one.places]
            for who in dict.fromkeys(one.who for one in steps):
                own = tuple(one.id for one in steps if one.who == who)
                review.act(Asked("mend", "R1", steps=own), review.revision)
            review.settle()
            found = assess_study(study, review.rendered)
        places = sum(len(one.places) for one in steps)
        _say(f"archive, {places} places described in round {number}", found)
        if not steps:
            break
    return found


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
