"""Landmarks by what they are and where: "the clock tower in herne bay", "along the esplanade"."""

from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "they meet at the ⟦clock tower⟧ in dover and down the ⟦brook⟧ in deal",
    "It's by the ⟦old swing bridge⟧ in Strood, on the ⟦red bridge⟧ near Deal.",
    "he walked along the ⟦esplanade⟧ and she was round the ⟦banjo⟧ all night",
    "They sat under the ⟦viaduct⟧ at Chatham, up by the ⟦water tower⟧ in Dover.",
    "he'd walk her in deal past the ⟦castle⟧ and home",
    "She went down past the ⟦old dairy⟧ and he sat on the ⟦parade⟧ all day.",
    "We sat on the steps at Deal, in the woods near Strood.",
    "The bridge was shut, he plays the banjo, and the steps in the plan were late.",
    "they were in the park in dover, near the tower of files in the office",
)

# A town has few of these; of the others a word must say which.
_TELLING = (
    r"(?:brook|lines|strand|esplanade|promenade|prom|slipway|sluice|weir|harbour\s(?:arm|wall)|bandstand|"
    r"lido|viaduct|causeway|"
    r"arches|leas|footbridge|windmill|cenotaph|fountain|castle|dunes|caves|precinct|"
    r"clock\s(?:tower|house)|water\stower|swing\sbridge|banjo)"
)
_OTHERS = (
    r"(?:bridge|steps|tunnel|subway|flyover|tower|towers|mill|pond|lake|quarry|pits?|marsh(?:es)?|woods|common|"
    r"green|rec|fields?|"
    r"allotments|monument|statue|memorial|shelters?|fort|cross|alley|bank|hill|roundabout|arcade|market|jetty|quay|"
    r"wharf|pier)"
)
_PLAIN_WORD = (
    r"(?!(?:main|same|other|first|last|next|big|little|old|new|war|bus|fish|street|whole|nearest|local|car|back|"
    r"front|top|bottom)\b)"
)
_LEADS = (
    r"\b(?:in|at|by|up|down|over|round|around|along|near|behind|under|on|off|past|across|opposite|outside|beside|"
    r"to|through|from|below|above)"
)
# "at the clock tower in herne bay": what follows is looked up.
_IN_A_TOWN = caseless(
    rf"{_LEADS}\sthe\s(?P<what>(?:(?:old|big|little|upper|lower)\s)?(?:{_TELLING}|"
    rf"{_PLAIN_WORD}[\w’'-]{{3,}}\s{_OTHERS}))\s(?:in|at|near|over\sin|down\sin)\s(?=\w)"
)
# These are names by themselves where something leads there: few towns have two.
_ALONE = caseless(
    r"\b(?:along|down|up|on|off|by|round|over|behind|across|opposite|near|past)\sthe\s(?P<what>(?:(?:upper|lower|"
    r"old|big|little)\s)?"
    r"(?:esplanade|banjo|clock\stower|bandstand|harbour\sarm|swing\sbridge|water\stower|clock\shouse|lido|strand|"
    r"leas))\b(?!\s(?:in|at|of)\b)"
    r"|\b(?:by|past|behind|near|opposite|outside|round|at|in|to)\sthe\s(?P<gone>old\s(?:dairy|brewery|bakery|"
    r"cinema|bus\s(?:depot|garage|station)|"
    r"post\soffice|fire\sstation|police\sstation|workhouse|gasworks|mill|foundry|hospital|chapel|forge|library|"
    r"town\shall|swimming\spool|baths|"
    r"cement\sworks|paper\smill|barracks|dockyard|airfield|quarry|laundry|cattle\smarket|courthouse|theatre|"
    r"bingo\shall|woolworths|woolies))\b"
    r"|\b(?:on|along|down)\sthe\s(?P<shops>parade|high\sstreet)\b(?!\s(?:of|shops?|banks?|brands?|names?|stores?)\b)"
    r"|\b(?:at|in|up|down|outside|by|behind|near)\sthe\s(?P<hall>civic\scentre|guildhall|winter\sgardens|pavilions?)\b"
    r"|\b(?:up|over)\s(?:on\s)?the\s(?P<hill>lines)\b(?!\sof\b)"
)
# "at upnor past the castle": the town stands before it.
_BEHIND_A_TOWN = caseless(
    rf"\s(?:past|by|near|behind|under|down|up|along|over|round|opposite)\sthe\s(?P<what>(?:old\s)?{_TELLING})\b"
)
_CUES = word_set(
    "dairy brewery bakery cinema depot garage station office workhouse gasworks foundry hospital chapel forge library "
    "hall baths works barracks dockyard airfield laundry courthouse theatre woolworths woolies parade brook "
    "lines strand esplanade promenade prom slipway sluice weir arm wall bandstand lido viaduct causeway arches leas "
    "street gardens pavilion pavilions centre guildhall "
    "footbridge windmill cenotaph fountain castle dunes caves precinct lake pool tower towers house bridge banjo "
    "steps tunnel subway flyover mill pond quarry pit pits marsh marshes woods common green rec field fields "
    "allotments monument statue memorial shelter shelters fort cross alley bank hill roundabout arcade market jetty "
    "quay wharf pier"
)

_WHY = "a landmark with the town that it is in, or of a kind that a town has one of"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("landmarks", finder(region), _CUES)


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        for match in _IN_A_TOWN.finditer(text):
            if any(hit.phrase.source == "place" and hit.start == match.end() for hit in phrases.read(text)):
                yield Claim(*match.span("what"), Category.PLACE, "landmark", 0.55, _WHY)
        for hit in phrases.read(text) if _BEHIND_A_TOWN.search(text) else ():
            if hit.phrase.source == "place" and (behind := _BEHIND_A_TOWN.match(text, hit.end)):
                yield Claim(*behind.span("what"), Category.PLACE, "landmark", 0.5, _WHY)
        for match in _ALONE.finditer(text):
            yield Claim(*match.span(match.lastgroup or 0), Category.PLACE, "landmark", 0.45, _WHY)

    return find
