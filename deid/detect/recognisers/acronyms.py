"""Initials that nothing explains ("the NKSB"): too many local teams go by theirs, so they are replaced and listed."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It went to the ⟦NKSB⟧ in the end.",
    "⟦QVTH⟧ and ⟦ZPU⟧ were both there.",
    "the ⟦n k s b⟧ never rang back",
    "so ⟦n k s b⟧ i mean they said, and then a d s rang",
    "We call it CSE, not CCE, and the NRM is slow.",
    "My GP sent the PDF by SMS, OK?",
    "WE SAID NO, THEY SAID YES.",
    "I have a BA, an MSc and a PhD from the UK.",
    "It's in Part II and Annex III, on CCTV.",
    "h o o is how you spell it, e g like so",
    "a b c easy as one two three",
    "He said NO WAY to me and I said WHAT.",
)

# Initials in capitals, three to six, perhaps with an ampersand or a digit: NKSB, Q&ZP, Z2PU.
_INITIALS = re.compile(r"(?<![\w.&/-])[A-Z][A-Z\d&]{1,4}[A-Z](?:s\b)?(?![\w&]|-\d|/\d)")
# "n k s b": three to six single letters, as speech recognition writes spelt initials.
_SPELT = re.compile(r"(?<![\w'’])(?:[a-z]\s){2,5}[a-z](?![\w'’])")
_ROMAN = re.compile(r"[IVXLC]+")

# What everybody in the country knows, and words that people shout.
_KNOWN = word_set(
    "bbc itv uk usa gb eu un gp gps it hr id ids ok tv dvd cd pc pcs laptop pdf sms mms cctv dna hiv aids std stds "
    "sti stis adhd asd add ptsd ocd bpd lgbt lgbtq lgbtqi lgbtqia lgbtqplus iq eq diy fyi asap aka rip vip ceo cfo mp "
    "mps ba bsc ma msc mba phd pgce nvq gcse gcses btec sats sat ict pe re rs pshe sre rse faq url www http https "
    "html usb sim wifi app ios atm pin am pm bc ad bst gmt mot dvla hgv suv bmw vw kfc dj mc nhs nspcc cse cce csa "
    "fgm nrm misper no yes not and the what why who all you she her him his was are for but one two god oh wow lol "
    "omg wtf tbh btw never always very so really mum dad end of recording ppe covid uk's int ext ref aob min max "
    "approx etc upn urn uln cad dob nfa tba tbc vat ltd plc inc usd gbp way imei imsi nino uprn utr vin "
    "otp qr dbs ehcp "
    "ehc ehcps sim cpr scr cspr lcspr dhr"
)
_TALK_BEFORE = caseless(r"\b(?:spell|spelt|spelled|letters?|that's)\W+(?:\w+\W+){0,3}$")

_WRITTEN = "initials that neither the keep list nor the region pack explains"
_IS_SPELT = "initials spelt out letter by letter"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("acronyms", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function; the keep list's own initials are known."""
    lists = name_lists(region)
    known = _KNOWN | lists.common | lists.kept

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        if not passage.is_upper:
            for match in _INITIALS.finditer(text):
                low = fold(match[0])
                if not ({low, low.removesuffix("s")} & known or _ROMAN.fullmatch(match[0]) or _is_shouted(text, match)):
                    yield Claim(match.start(), match.end(), Category.AGENCY, "initials", 0.45, _WRITTEN)
        for match in _SPELT.finditer(text):
            start, end = _without_words(match)
            letters = text[start:end].replace(" ", "")
            if len(letters) > 2 and letters not in known | {"abc"} and not _is_spelling(text, match):
                yield Claim(start, end, Category.AGENCY, "initials", 0.5, _IS_SPELT)

    return find


def _without_words(match: re.Match[str]) -> tuple[int, int]:
    """Without "a" in front, as in "a d s rang", and without "i" behind, as in "n k s i mean"."""
    start = match.start() + (2 if match[0].startswith("a ") else 0)
    return start, match.end() - (2 if match[0].endswith(" i") else 0)


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Beside another word in capitals it is shouting or a heading, not initials."""
    around = (
        text[max(0, match.start() - 12) : match.start()].split()[-1:] + text[match.end() : match.end() + 12].split()[:1]
    )
    return any(len(word.strip(".,!?")) > 1 and word.strip(".,!?").isalpha() and word.isupper() for word in around)


def _is_spelling(text: str, match: re.Match[str]) -> bool:
    """ "h o o is how you spell it": letters of a word, for the recognisers of names."""
    behind = text[match.end() : match.end() + 25].lower()
    return "spell" in behind or bool(_TALK_BEFORE.search(text, max(0, match.start() - 40), match.start()))
