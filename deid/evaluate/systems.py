"""The other tools, run over the same texts as deid. Each runner is a function from texts to what it would hide.

deid itself is passed in by the caller, for this folder stands below the pipeline. Where a tool is not installed,
`load` raises AskedWrongly with the reason, and a side-by-side run leaves it out and says so.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from typing import Any

from deid.errors import AskedWrongly
from deid.evaluate.masked import Masked
from deid.model import Category

Runner = Callable[[Sequence[str]], list[tuple[Masked, ...]]]

# What each tool's labels are called here; a label that is not listed counts as masking without a category.
_CATEGORIES = {
    Category.PERSON: "PERSON NAME name",
    Category.PLACE: "GPE LOC FAC LOCATION ADDRESS UK_POSTCODE postalcode ZIP_CODE address",
    Category.AGENCY: "ORG ORGANIZATION",
    Category.DATE: "DATE DATE_TIME DOB date_of_birth",
    Category.CONTACT: "EMAIL_ADDRESS PHONE_NUMBER URL EMAIL PHONE IP_ADDRESS email phone url twitter skype",
    Category.IDENTIFIER: "UK_NHS UK_NINO UK_PASSPORT UK_VEHICLE_REGISTRATION UK_DRIVING_LICENCE CREDIT_CARD "
    "IBAN_CODE SSN MEDICAL_LICENSE US_SSN US_PASSPORT US_BANK_NUMBER US_ITIN US_DRIVER_LICENSE "
    "CREDIT_CARD_NUMBER credit_card national_insurance_number tax_reference_number vehicle_licence_plate credential",
    Category.TRAIT: "NRP NORP",
}
_CATEGORY_OF = {label: category for category, labels in _CATEGORIES.items() for label in labels.split()}

# What Presidio's own configuration leaves unmasked of spaCy's labels; otherwise the rival would lose words for nothing.
_SPACY_LEAVES = {
    "CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "WORK_OF_ART",
}  # fmt: skip

_UNITED_KINGDOM = (
    "UkNinoRecognizer", "UkPostcodeRecognizer", "UkPassportRecognizer",
    "UkVehicleRegistrationRecognizer", "UkDrivingLicenceRecognizer",
)  # fmt: skip


def load(name: str, model: str) -> Runner:
    """The runner of that name. `model`: the folder or package of the spaCy model that deid itself uses."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r".*W095")  # the model was made for spaCy 3.7, the same on 3.8
            return SYSTEMS[name](model)
    except KeyError:
        raise AskedWrongly(f"there is no system called {name!r}", hint=f"there are: {', '.join(SYSTEMS)}") from None
    except ImportError as error:
        raise AskedWrongly(f"{name} is not installed ({error.name})", where="deid evaluate") from None


def versions(names: Sequence[str]) -> dict[str, str]:
    """Package -> version, for the record beside every figure; "" where it is not installed."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _presidio(model: str) -> Runner:
    """Presidio as its documentation shows it: its own configuration and registry; only the model is deid's."""
    return _run_presidio(presidio_engine(model))


def _presidio_uk(model: str) -> Runner:
    """Presidio with its United Kingdom recognisers on and organisations no longer ignored."""
    from presidio_analyzer import predefined_recognizers as predefined

    engine = presidio_engine(model, listen_to="ORGANIZATION")
    for name in _UNITED_KINGDOM:
        engine.registry.add_recognizer(getattr(predefined, name)())
    return _run_presidio(engine)


def presidio_engine(model: str, listen_to: str = "") -> Any:
    """Presidio's analyser with its own configuration; `listen_to`: a label that it leaves out by default."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # Presidio's e-mail recogniser would fetch the public suffix list through this object on first use.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    configuration = NlpEngineProvider().nlp_configuration
    configuration["models"] = [{"lang_code": "en", "model_name": model}]
    ignored = configuration["ner_model_configuration"]["labels_to_ignore"]
    configuration["ner_model_configuration"]["labels_to_ignore"] = [label for label in ignored if label != listen_to]
    engine = NlpEngineProvider(nlp_configuration=configuration).create_engine()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def _run_presidio(engine: Any) -> Runner:
    def run(texts: Sequence[str]) -> list[tuple[Masked, ...]]:
        return [
            tuple(_masked(found.start, found.end, found.entity_type) for found in engine.analyze(text, language="en"))
            for text in texts
        ]

    return run


def _spacy(model: str) -> Runner:
    import spacy

    language = spacy.load(model)

    def run(texts: Sequence[str]) -> list[tuple[Masked, ...]]:
        return [
            tuple(
                _masked(entity.start_char, entity.end_char, entity.label_)
                for entity in document.ents
                if entity.label_ not in _SPACY_LEAVES
            )
            for document in language.pipe(texts, batch_size=64)
        ]

    return run


def _scrubadub(model: str) -> Runner:
    scrubadub = import_module("scrubadub")
    scrubber = scrubadub.Scrubber(locale="en_GB")

    def run(texts: Sequence[str]) -> list[tuple[Masked, ...]]:
        return [
            tuple(_masked(filth.beg, filth.end, filth.type) for filth in scrubber.iter_filth(text)) for text in texts
        ]

    return run


def _datafog(model: str) -> Runner:
    datafog = import_module("datafog")

    def run(texts: Sequence[str]) -> list[tuple[Masked, ...]]:
        return [
            tuple(_masked(found.start, found.end, found.type) for found in datafog.scan(text).entities)
            for text in texts
        ]

    return run


def _masked(start: int, end: int, label: str) -> Masked:
    return Masked(start, end, "", str(_CATEGORY_OF.get(label, "")), label)


SYSTEMS: dict[str, Callable[[str], Runner]] = {
    "presidio": _presidio,
    "presidio-uk": _presidio_uk,
    "spacy": _spacy,
    "scrubadub": _scrubadub,
    "datafog": _datafog,
}
