"""An assessment as plain values: participants x attributes, who is unique, both views, and the plan."""

from deid.risk.assess import Assessment
from deid.risk.intruder import right
from deid.risk.released import ATTRIBUTES
from deid.risk.unique import ending


def matrix(assessment: Assessment) -> dict[str, object]:
    """Participants x attributes, the smallest unique combinations, and both views, as plain values."""
    guess = {one.who: one for one in assessment.guesses}
    after = {one.who: one for one in assessment.plan.afterwards}
    return {
        "tier": assessment.tier,
        "attributes": list(ATTRIBUTES),
        "rows": {
            person: {name: sorted(value for own, value in items if own == name) for name in ATTRIBUTES}
            for person, items in assessment.rows.items()
        },
        "unique": [
            {
                "participant": unique.who,
                "combination": dict(unique.items),
                "ended_by": ending(unique),
                "fitting": unique.fitting,
                "expected_matches": round(unique.expected, 3) if unique.expected else None,
            }
            for unique in assessment.uniques
        ],
        "views": {
            person: {
                "colleague": list(guess[person].best) if person in guess else None,
                "confidence": round(guess[person].confidence, 2) if person in guess else None,
                "stranger": _stranger(assessment, person),
                "bodies": assessment.bodies.get(person),
                "afterwards": len(after[person].best) if person in after else None,
            }
            for person in assessment.rows
        },
        "plan": [
            {
                "participant": step.who,
                "attribute": step.item[0],
                "value": step.item[1],
                "becomes": step.becomes,
                "places": [{"code": code, "turn": turn} for code, turn in step.places],
            }
            for step in assessment.plan.steps
        ],
        "intruder": {
            "participants": len(assessment.guesses),
            "right": round(right(assessment.guesses)[0], 2),
            "by_lot": right(assessment.guesses)[1],
            "right_after_plan": round(right(assessment.plan.afterwards)[0], 2),
        },
        "notes": list(assessment.notes),
    }


def _stranger(assessment: Assessment, person: str) -> int | None:
    """How many people outside the sample fit the participant's rarest combination, by the user's estimates."""
    return min((one.fitting for one in assessment.uniques if one.who == person and one.fitting), default=None)
