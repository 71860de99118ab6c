"""What a repository is told of each participant: values that the text still tells, made coarser until none singles out.

A classification sheet undoes a transcript's coarsening if it says more than the text does, so every value here is one
that the text still tells or a coarser one, and none is left that singles anybody out, alone or with two others.
"""

from collections.abc import Mapping

from deid.region import Region
from deid.risk.coarser import WITHHELD, Item
from deid.risk.released import ATTRIBUTES
from deid.risk.unique import uniques

COLUMNS = ("role", "agency", "place", "tenure", "gender", "age")  # a trait is nobody's business in a deposit
NOT_SAID = "not stated"


def safe_rows(rows: Mapping[str, frozenset[Item]], region: Region) -> dict[str, dict[str, str]]:
    """Participant -> attribute -> one value; NOT_SAID; WITHHELD where even the coarsest would single out."""
    left = {person: frozenset(item for item in items if item[0] in COLUMNS) for person, items in rows.items()}
    withheld: dict[str, set[str]] = {person: set() for person in rows}
    while found := uniques(left, region, {}, is_table=True):
        for unique in found:
            item, coarse = unique.ends
            left[unique.who] -= {item}
            if coarse == WITHHELD:
                withheld[unique.who].add(item[0])
            else:
                left[unique.who] |= {(item[0], coarse)}
    return {person: _row(left[person], withheld[person]) for person in rows}


def _row(items: frozenset[Item], withheld: set[str]) -> dict[str, str]:
    values = {name: "; ".join(sorted(value for own, value in items if own == name)) for name in COLUMNS}
    return {
        name: values[name] or (WITHHELD if name in withheld else NOT_SAID) for name in ATTRIBUTES if name in COLUMNS
    }
