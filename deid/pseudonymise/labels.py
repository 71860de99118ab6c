"""The closed vocabulary of tokens: what a token calls the thing that it stands for.

The list is closed so that a token can always be told from a bracket that was in the transcript before.
"""

from deid.fold import fold
from deid.model import Category, Entity

_PARTS = {
    "child": "Child",
    "professional": "Professional",
    "parent": "Parent",
    "suspect": "Suspect",
    "relative": "Relative",
    "family": "Family",
    "participant": "Participant",
    "interviewer": "Interviewer",
}
_PLACES = {
    "city": "Town",
    "town": "Town",
    "village": "Village",
    "hamlet": "Village",
    "suburb": "Suburb",
    "neighbourhood": "Neighbourhood",
    "locality": "Neighbourhood",
    "estate": "Estate",
    "street": "Street",
    "road": "Road",
    "road number": "Road",
    "postcode": "Postcode",
    "postcode district": "Postcode",
    "address": "Address",
    "house number": "House number",
    "station": "Station",
    "hospital": "Hospital",
    "prison": "Prison",
    "prison site": "Prison",
    "court": "Court",
    "court site": "Court",
    "school site": "School",
    "park": "Park",
    "shopping centre": "Shopping centre",
    "beach": "Beach",
    "river": "River",
    "landmark": "Landmark",
    "library": "Library",
    "centre": "Centre",
    "port": "Port",
    "area": "Area",
    "island": "Area",
    "district": "District",
    "unitary": "District",
    "county": "County",
    "region": "Region",
    "country": "Country",
}
_AGENCIES = {
    "police force": "Police force",
    "police team": "Police team",
    "police": "Police team",
    "police station": "Police station",
    "council": "Council",
    "council department": "Council team",
    "health trust": "Health trust",
    "health": "Health service",
    "health service": "Health service",
    "hospital": "Hospital",
    "surgery": "Surgery",
    "school": "School",
    "college": "College",
    "nursery": "Nursery",
    "university": "University",
    "academy trust": "Academy trust",
    "home": "Home",
    "ward": "Ward",
    "childrens home": "Children's home",
    "children s home": "Children's home",
    "care home": "Care home",
    "hostel": "Hostel",
    "charity": "Charity",
    "youth project": "Youth project",
    "youth justice service": "Youth justice service",
    "safeguarding partnership": "Safeguarding partnership",
    "fire service": "Fire service",
    "ambulance service": "Ambulance service",
    "probation service": "Probation service",
    "government body": "Government body",
    "housing association": "Housing association",
    "transport company": "Transport company",
    "newspaper": "Newspaper",
    "place of worship": "Place of worship",
    "firm": "Firm",
    "taxi firm": "Taxi firm",
    "hotel": "Hotel",
    "court": "Court",
    "prison": "Prison",
    "club": "Club",
    "sports club": "Club",
    "team": "Team",
    "service": "Service",
    "partnership": "Partnership",
    "parish": "Parish",
}
_CASES = {
    "operation": "Operation",
    "operation name": "Operation",
    "crime reference": "Crime reference",
    "incident": "Incident number",
    "incident number": "Incident number",
    "cad": "Incident number",
    "court case": "Court case",
    "neutral citation": "Court case",
    "custody record": "Custody record",
    "review": "Review",
    "case review": "Review",
    "social care id": "Social care number",
    "unique reference number": "Prosecution number",
    "intelligence reference": "Intelligence reference",
    "pnc id": "Police computer number",
    "arrest summons number": "Arrest number",
    "cro number": "Criminal record number",
    "missing report": "Missing report",
    "exhibit reference": "Exhibit",
    "pocket book": "Pocket book",
    "nrm reference": "NRM reference",
    "early help id": "Early help number",
    "lado reference": "LADO reference",
    "referral number": "Referral number",
    "ehcp reference": "EHCP number",
    "incident report": "Incident report",
    "youth justice id": "Youth justice number",
    "planning reference": "Planning reference",
    "housing reference": "Housing reference",
    "complaint reference": "Complaint reference",
}
_CONTACTS = {
    "phone": "Phone number",
    "extension": "Extension",
    "email": "E-mail",
    "url": "Web address",
    "handle": "Handle",
    "address": "Address",
}
_IDENTIFIERS = {
    "uk nhs": "NHS number",
    "uk nino": "National Insurance number",
    "uk upn": "Pupil number",
    "uk uln": "Learner number",
    "plate": "Number plate",
    "number plate": "Number plate",
    "vehicle registration": "Number plate",
    "passport": "Passport number",
    "collar number": "Collar number",
    "licence number": "Licence number",
    "driving licence": "Driving licence",
    "prison number": "Prison number",
    "probation crn": "Probation number",
    "hospital number": "Hospital number",
    "home office reference": "Home Office reference",
    "bank account": "Bank account",
    "school number": "School number",
    "uk passport": "Passport number",
    "uk driving licence": "Driving licence",
    "ofsted urn": "Ofsted number",
    "practice code": "Practice code",
    "offender manager id": "Offender number",
    "iban": "Bank account",
    "payment card": "Card number",
    "mac address": "Device address",
    "ip address": "Internet address",
}
_ROLES = {
    "police": "Police role",
    "health": "Health role",
    "education": "Education role",
    "social care": "Social care role",
    "youth justice": "Youth justice role",
    "council": "Council role",
    "court": "Court role",
    "charity": "Charity role",
    "research": "Research role",
}
_TRAITS = {
    "origin": "origin withheld",
    "nationality": "origin withheld",
    "ethnicity": "origin withheld",
    "language": "language withheld",
    "religion": "religion withheld",
    "faith": "religion withheld",
    "health": "health withheld",
    "disability": "health withheld",
    "sexuality": "sexuality withheld",
    "family": "family detail withheld",
    "biography": "life detail withheld",
}

_BY_KIND = {
    Category.PLACE: (_PLACES, "Place"),
    Category.AGENCY: (_AGENCIES, "Agency"),
    Category.CASE: (_CASES, "Case number"),
    Category.CONTACT: (_CONTACTS, "Contact"),
    Category.IDENTIFIER: (_IDENTIFIERS, "Identifier"),
    Category.ROLE: (_ROLES, "Role"),
    Category.TRAIT: (_TRAITS, "detail withheld"),
}
_BIRTH = "Date of birth"

# What a place may be called beside its kind, where the policy lets a theme through: "Coastal town 27".
THEMES = ("coastal", "rural", "port", "estate")

GROUPS = {  # broader words for a body where even its kind would say too much
    "Police": ("Police force", "Police team", "Police station"),
    "Public body": ("Council", "Council team", "Government body", "Safeguarding partnership", "Fire service", "Court",
                    "Prison", "Youth justice service", "Probation service"),
    "Health body": ("Health trust", "Health service", "Hospital", "Surgery", "Ward", "Ambulance service"),
    "Place of learning": ("School", "College", "Nursery", "University", "Academy trust"),
    "Care placement": ("Children's home", "Care home", "Home", "Hostel"),
    "Voluntary body": ("Charity", "Youth project", "Place of worship", "Club"),
    "Business": ("Firm", "Taxi firm", "Hotel", "Transport company", "Newspaper", "Housing association"),
}  # fmt: skip

LABELS = frozenset(
    {"Person", "Place", "Agency", "Date", "Age", _BIRTH, *_PARTS.values(), *GROUPS}
    | {label for by_kind, other in _BY_KIND.values() for label in (*by_kind.values(), other)}
)


def label_of(entity: Entity) -> str:
    """What a token calls this entity, without its number."""
    if entity.category is Category.PERSON:
        return _PARTS.get(entity.part, "Person")
    kind = fold(entity.kind.replace("_", " "))
    if entity.category is Category.DATE:
        return _BIRTH if "birth" in kind else "Date"
    if entity.category is Category.AGE:
        return "Age"
    by_kind, other = _BY_KIND[entity.category]
    return by_kind.get(kind) or by_kind.get(kind.rpartition(" ")[2]) or other


def kinds_of(category: Category) -> tuple[str, ...]:
    """The kinds that a policy can have a rule for."""
    if category is Category.DATE:
        return ("date_of_birth", "year", "day", "month", "season", "date")
    return tuple(_BY_KIND[category][0]) if category in _BY_KIND else ()


def group_of(label: str) -> str:
    """The broader word for a kind of body, or "Agency"."""
    return next((group for group, labels in GROUPS.items() if label in labels), "Agency")
