"""Invented interviews of any length from a seed, for measuring time and memory. Nobody in them is real.

Turns hardly ever repeat within an interview, so that no cache helps at its first reading, and hold about as many names,
places and dates as real ones do.
"""

import random

_FIRST = (
    "Alda", "Bram", "Cerys", "Dario", "Elif", "Fergus", "Gita", "Hamza", "Ines", "Jonah",
    "Kezia", "Leila", "Marek", "Nuala", "Omar", "Petra", "Rhian", "Sunil", "Tamar", "Ugo",
)  # fmt: skip
_LAST = (
    "Abbotsley", "Brackenrow", "Caddickson", "Drumfield", "Eastlake", "Farrowdale", "Gilderoy", "Hawksbourne",
    "Inglemere", "Jessamond", "Kestleby",
)  # fmt: skip
_PLACES = (
    "Chatham", "Gravesend", "Maidstone", "Sheerness", "Folkestone", "Margate", "Strood", "Tonbridge", "Dartford",
    "Ashford", "Whitstable",
)  # fmt: skip
_BODIES = ("Kent Police", "Medway Council", "Marlpit Academy", "Larch House", "the youth team", "the named nurse")
_MONTHS = ("January", "February", "March", "April", "June", "July", "September", "October", "November")
_SAID = (
    "I think {first} saw it before any of us did",
    "we had a girl who was {age} and she was travelling to {place} on her own every week",
    "so I rang {first} {last} at {body} and nobody called me back for {number} days",
    "it was {day} {month} {year} when that meeting finally happened in {place}",
    "the referral went in and it came back, and it went in again with {number} more pages",
    "what you notice is the phone, and then the trainers, and then you notice they are not there",
    "{first} used to say you can always tell by who is waiting outside",
    "there is a car park in {place} where they would all get picked up",
    "if you asked me what works I would say somebody who stays for longer than {number} months",
    "and {body} did their part, I have to be fair to them, it was the form that did not fit",
    "he gave the name {first} to one officer and {last} to another, and he was {age} either way",
    "thresholds are different on each side of the river, everybody knows it and nobody writes it down",
    "my manager, {first} {last}, came over from {place} for the day and she stayed a week",
    "you get a score, and the score gets you a meeting, and the meeting gets you {number} actions",
    "the training was good but it was all slides, and what I needed was who to ring at night",
    "she told me in the car, they always tell you in the car, somewhere between {place} and {place}",
)


def interview(seed: int, words: int) -> str:
    """An interview with labels, of at least so many words."""
    random_ = random.Random(seed)
    who = f"{random_.choice(_FIRST)} {random_.choice(_LAST)}"
    turns, count = [], 0
    while count < words:
        said = f"{'Interviewer' if len(turns) % 2 else who}: {_turn(random_)}"
        turns.append(said)
        count += len(said.split())
    return "\n\n".join(turns) + "\n"


def _turn(random_: random.Random) -> str:
    sentences = (_sentence(random_) for _ in range(random_.randint(1, 7)))
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)


def _sentence(random_: random.Random) -> str:
    start = random_.choice(("so ", "and ", "well, ", "um, ", "I mean, ", ""))
    return start + random_.choice(_SAID).format(
        first=random_.choice(_FIRST),
        last=random_.choice(_LAST),
        place=random_.choice(_PLACES),
        body=random_.choice(_BODIES),
        month=random_.choice(_MONTHS),
        day=random_.randint(1, 28),
        year=random_.randint(2012, 2019),
        age=random_.randint(12, 19),
        number=random_.randint(2, 90),
    )
