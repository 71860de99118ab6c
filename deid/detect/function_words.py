"""Words for what services, offices and papers are for: of such words alone a name tells no two bodies apart."""

from deid.detect.vocabulary import word_set

FUNCTIONS = word_set(
    "adolescent adolescents children people women men mental learning disability disabilities hospital hospitals "
    "eating disorder disorders crisis resolution treatment liaison psychiatry psychiatric inpatient inpatients "
    "perinatal therapies therapy probation complaints governance patient patients safety experience involvement "
    "quality improvement serious incident incidents mortality deaths digital data information workforce personal "
    "education higher further science sciences public health care prison prisons immigration removal detention custody "
    "equality diversity executive committee authority office cabinet regulation inspection standards guidance trust "
    "trusts bodies providers provider commissioners commissioning contingencies emergency emergencies "
    "preparedness resilience pandemic vaccine vaccines testing tracing statutory inquests inquiries panel report "
    "policing psychosis sentencing strategic corporate"
)

# A name that one of these ends is law, a paper or a way of working: "Equality Duty", "Root Cause Analysis".
INSTRUMENTS = word_set(
    "act bill duty protocol bulletin regulations rules questionnaire scale paper premium register journal convention "
    "analysis summit approach log plan bundle audit strategy system"
)
# "the Safe Wards model", "the Northern approach": what stands in front names a way of working. No verbs: "the Orchard
# plans to close".
METHOD_BEHIND = r"\s(?:model|framework|checklist|approach|toolkit|questionnaire|guidelines|criteria|principles)\b"
