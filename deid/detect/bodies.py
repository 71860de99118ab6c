"""What the names of bodies end in: "... Academy", "... Lodge", "... Cabs", "... Crown Court"."""

from dataclasses import dataclass

from deid.detect.vocabulary import PLAIN, word_set


@dataclass(frozen=True, slots=True)
class Ending:
    """A last word of a name. `in_lower_case`: it ends a name even where nothing is in capitals."""

    kind: str
    confidence: float
    in_lower_case: bool


def _endings(kind: str, confidence: float, safe: str, only_in_capitals: str = "") -> dict[str, Ending]:
    both = {word: Ending(kind, confidence, True) for word in word_set(safe)}
    return both | {word: Ending(kind, confidence, False) for word in word_set(only_in_capitals)}


ENDINGS = {
    **_endings("school", 0.8, "academy primary grammar school college juniors infants", "secondary infant nursery pru"),
    **_endings("home", 0.8, "house lodge manor grange cottage villa", "cottages hall farm"),
    **_endings("hospital", 0.8, "hospital hospice", "infirmary"),
    **_endings("ward", 0.8, "", "ward"),
    **_endings("surgery", 0.8, "surgery clinic", "practice pharmacy"),
    **_endings("firm", 0.8, "cabs taxis minicabs cars motors tandoori kebabs kebab ltd llp solicitors tavern barbers"),
    **_endings("firm", 0.8, "", "limited plc autos pizza pizzeria chicken grill takeaway hotel inn arms"),
    **_endings("firm", 0.8, "cafe", "bar club stores supermarket nails vapes garage chambers lettings"),
    **_endings(
        "firm",
        0.75,
        "",
        "tearoom tearooms diner launderette bakery salon gym butchers newsagents chippy bistro phones mobiles "
        "tyres carpets fried tattoos superstore minimart burgers",
    ),
    **_endings("newspaper", 0.75, "", "gazette advertiser echo courier herald messenger grapevine chronicle observer"),
    **_endings("school", 0.65, "girls", "boys high"),
    **_endings("youth_club", 0.7, "club"),
    **_endings("firm", 0.75, "", "room rooms"),
    **_endings("firm", 0.75, "pub nightclub"),
    **_endings("court", 0.85, "crown magistrates court"),
    **_endings("council", 0.85, "council"),
    **_endings("police_force", 0.85, "police constabulary"),
    **_endings("police_station", 0.65, "nick"),
    **_endings("charity", 0.8, "trust foundation project refuge", "charity association society initiative fellowship"),
    **_endings("place_of_worship", 0.8, "mosque gurdwara masjid church cathedral", "temple chapel abbey synagogue"),
    **_endings("university", 0.8, "university"),
    **_endings("team", 0.6, "", "team unit service services hub partnership department directorate taskforce"),
    **_endings("prison", 0.85, "prison", "yoi stc"),
}

# Words that belong to the ending, so that the name stands in front of both: "Pelham Crown Court".
PAIRS = {
    "court": word_set("crown magistrates magistrate county family youth"),
    "council": word_set("borough city district county town parish"),
    "school": word_set("primary secondary grammar infant junior high special nursery free boarding prep middle"),
    "college": word_set("sixth form community technical"),
    "trust": word_set("youth nhs academy charitable"),
    "project": word_set("youth community"),
    "club": word_set("youth football boxing social"),
    "house": word_set("guest"),
    "room": word_set("tea dining"),
    "rooms": word_set("tea dining"),
    "practice": word_set("medical group"),
    "hospital": word_set("general community district maritime"),
    "chicken": word_set("fried"),
    "association": word_set("housing community residents"),
}

# Right behind the ending these show that no name has ended: "primary care", "Council Tax", "police station".
NOT_BEHIND = {
    "primary": word_set("care school schools head teacher"),
    "secondary": word_set("school schools care"),
    "grammar": word_set("school schools"),
    "junior": word_set("school schools"),
    "infant": word_set("school schools"),
    "crown": word_set("court courts"),
    "magistrates": word_set("court courts"),
    "police": word_set("station stations"),
    "council": word_set("tax house estate"),
    "house": word_set("fire party arrest share"),
    "team": word_set("manager leader"),
}

# Words that alone make no name in front of such an ending: other people's houses, kinds of team, everyday buildings.
_ORDINARY = PLAIN | word_set(
    "town village city public royal white full game power light green coffee tea dolls opera hm"
)
NO_NAME = {
    "house": _ORDINARY | word_set("my your his her our their mums dads nans uncles"),
    "police": PLAIN | word_set("military secret british royal armed"),
    "court": PLAIN
    | word_set(
        "high supreme appeal tennis food president vice rule rules section division registrar "
        "first second third fourth fifth sixth"
    ),
    "team": _ORDINARY,
    "services": _ORDINARY,
    "service": _ORDINARY,
}

# Talk of children who live away from home; in small letters "plover house" needs such a word near by.
HOME_CUES = word_set(
    "placed placement placements home homes residential unit units beds bed staff semi supported hostel secure "
    "ward wards respite accommodation provision provider missing ofsted registered keyworker carers solo"
)
