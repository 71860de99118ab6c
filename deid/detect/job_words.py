"""What job titles are made of, and which of them single nobody out."""

from deid.detect.vocabulary import word_set

# Last words of job titles that the region pack need not list one by one: "attendance manager", "hotel watch lead".
TITLE_ENDS = word_set(
    "manager lead officer coordinator co-ordinator director practitioner worker nurse analyst consultant commissioner "
    "inspector adviser advisor administrator supervisor secretary caretaker paediatrician psychologist psychiatrist "
    "therapist solicitor barrister clerk owner chair chairman chairwoman deputy governor counsellor mentor trainer "
    "teacher chaplain safeguarder clinician head headteacher principal leader assistant prac registrar keyworker "
    "receptionist di dci dsu ds trustee warden housekeeper landlord landlady champion matron sister superintendent "
    "commander sergeant constable visitor organist executive mayor mayoress pcso pc dc author vicar rector "
    "curate handler organiser bursar investigator facilitator postmaster postmistress harbourmaster midwife "
    "dietitian physiotherapist paramedic pharmacist dentist librarian porter guardian advocate coroner "
    "councillor imam rabbi priest coach tutor lecturer professor chef bouncer doorman apprentice researcher"
)

# A title of one of these words alone names a part of the body, a relative or nobody in particular.
NOT_ALONE = word_set(
    "head sister lead chair principal deputy warden officer worker nurse teacher governor commander "
    "mayor mayoress pcso pc dc author vicar rector curate executive handler investigator facilitator"
)

# One of these words alone beside a name says no more than the name: "the landlady, Pauline", "my supervisor's Kim".
ANYBODYS_TITLES = word_set(
    "secretary supervisor pastor councillor sergeant landlady landlord caretaker receptionist clerk "
    "matron housekeeper solicitor barrister constable superintendent counsellor therapist assistant "
    "pcso pc dc mayor vicar rector author"
)

# These stay readable even beside a name.
ALWAYS_PLAIN = (
    ("social", "worker"), ("police", "officer"), ("foster", "carer"), ("teacher",), ("doctor",),
    ("officer",), ("worker",), ("carer",), ("parent",), ("friend",), ("student",), ("volunteer",), ("sister",),
    ("head",), ("lead",),
)  # fmt: skip

# These alone, or only with each other, are kinds of people: they stay readable whoever is meant.
KINDS_OF_PEOPLE = word_set(
    "social worker workers police officer officers teacher teachers nurse nurses doctor doctors gp support youth key "
    "foster carer carers driver drivers taxi cab student judge solicitor parent friend boss colleague victim staff "
    "care response duty school class health visitor midwife teaching assistant ta assistants probation family project "
    "detective constable sergeant volunteer counsellor therapist magistrate barrister head lead manager worker's "
    "pc dc pcso author vicar midwife paramedic guardian advocate coach tutor priest dentist pharmacist "
    "apprentice researcher isva chisva idva chidva amhp elsa ewo hlta flo oic sio soit spoc"
)

# Between a job and its field: "head of the duty desk", "lead for exploitation", "manager on the asylum team".
TITLES_WITH_A_FIELD = word_set(
    "head chair chairman chairwoman director lead manager leader commander coordinator president governor principal "
    "deputy founder secretary commissioner superintendent owner officer nurse doctor practitioner advisor adviser "
    "inspector teacher member executive mayor pcso pc dc constable sergeant sister matron vicar rector "
    "councillor imam researcher"
)
