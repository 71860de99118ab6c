"""Closed sets of words that stand beside people's names; all folded."""

from deid.detect.trait_words import FAITHS, LANGUAGES, ORIGINS
from deid.detect.vocabulary import word_set

# A title that is said for a name: "Mrs Bell". The word after one of these is a name, whatever else it means.
TITLES = word_set("mr mrs ms mx messrs dr prof professor rev revd cllr councillor")
# A title that is a word of its own: what follows must be written or used like a name ("the judge asked", "Judge Lowe").
WORD_TITLES = word_set(
    "miss sir dame lady lord father fr sister brother reverend pastor canon imam rabbi sheikh deacon bishop judge "
    "justice recorder auntie aunty aunt uncle nan nanny gran granny grandad grandpa nurse matron doctor coach "
    "master madam"
)
# Ranks of police and prison officers. "PC Bell"; "DC" and a number is a collar number, no name.
RANKS = word_set(
    "pc wpc dc wdc ds dsgt di dci dsu dcs det ps sgt sergeant insp inspector supt superintendent cpl constable pcso "
    "pcsos detective chief commander commissioner officer acc dcc"
)
# Speech recognition and careful typists write ranks letter by letter: "d c i bell", "D.I. Bell".
SPELT_RANKS = ("d c i", "d c s", "d c", "d i", "d s", "p c s o", "p c", "p s")

RELATIONS = word_set(
    """
    mum mummy mother mam dad daddy father parent stepmum stepmother stepdad stepfather foster carer guardian nan nana
    nanny gran granny grandma grandmother grandad grandpa grandfather auntie aunty aunt uncle sister stepsister brother
    stepbrother twin son stepson daughter stepdaughter cousin niece nephew godmother baby toddler child kid boy girl
    lad lass teenager youngster boyfriend girlfriend partner husband wife ex fiance mate mates friend friends pal
    neighbour flatmate housemate landlord landlady manager boss supervisor colleague counterpart predecessor successor
    deputy assistant secretary receptionist mentor worker officer constable analyst nurse doctor midwife teacher tutor
    head headteacher caretaker solicitor barrister advocate interpreter translator driver coach volunteer student pupil
    client patient victim witness suspect offender perpetrator defendant dealer runner elder bloke guy man woman fella
    fellow chap lady person named called nicknamed
    """
)

# Before a name that they take as an object: "rang Tess", "spoke to Tess", "thanks Tess".
TAKES_A_PERSON = word_set(
    """
    rang ring phoned phone called call texted text emailed email messaged message asked ask told tell met meet saw
    thanked thank thanks cheers hello hi hey bye sorry morning afternoon dear know knew known knows remember remembers
    interviewed interview arrested charged supported support helped help visited visit trusted trust married marry
    dating seeing blamed blame believed believe reported poor little big old young dear lovely bless
    introduce introducing supervised managed trained mentored
    """
)
# Before a name in a naming: "called Tess", "it's Tess", "this is Tess", "my name's Tess", "goes by Tess".
NAMES_A_PERSON = word_set("called named nicknamed christened surnamed name names nickname known aka alias")
# Prepositions that lead to a person as easily as to a thing.
LEADS_TO_A_PERSON = word_set("with from to by for about and or like than of as past off")
# Before "to", these make a person of what follows: "spoke to Hope".
SPEAKING = word_set(
    "speak speaks spoke spoken speaking talk talks talked talking said say saying listen listened listening introduced "
    "wrote lied married related engaged chatted chatting apologised explained reported according sorry thanks hello"
)
LEADS_TO_A_PLACE = word_set("in at near around into across outside inside towards throughout between onto on through")

# After a name that is the subject: "Tess says", "Tess had", "Tess would".
PERSON_VERBS = word_set(
    """
    says said say tells told asks asked thinks thought reckons reckoned rang rings phoned phones texted texts emailed
    messaged replied answered went goes comes came gets got gave gives had has did does didn doesn hadn hasn wants
    wanted knew knows saw sees noticed spotted found finds heard hears felt feels looked looks took takes brought
    brings put kept keeps let lets left leaves stayed stays lived lives moved moves worked works joined retired
    started stopped tried tries turned ran runs leads led chairs chaired manages managed covers covered handles
    needed needs loved loves liked likes hated hates cried cries laughed laughs sat sits stood stands slept wrote
    writes read reads spoke speaks spent spends meant met meets walked drove drives disclosed reported refused agreed
    agrees decided insisted laughs smiles shrugged nodded died who whose whom herself himself would wouldn could
    couldn can cannot won isn wasn was is used seems seemed became stopped signed referred rung helped picked dropped
    trained taught teaches minutes sent sends passed paid pays sold bought wore grew hit punched kicked grabbed followed
    married killed stabbed groomed exploited abused assaulted threatened promised admitted denied claimed confirmed
    explained described shouted screamed begged offered booked posted uploaded blocked deleted absconded relapsed
    attended missed arrived collected dealt carried wound blew nicked robbed battered introduced apologised
    """
)
# Of these, words that follow an ordinary noun just as well: "hope was lost", "the mark is".
WEAK_VERBS = word_set("was is isn wasn can could would has had does did looks seems seemed used put let")
# After an auxiliary these go on as its verb: "will say", "may put".
BARE_VERBS = word_set("say put let read run come become help cut hit set cost")

# Small words inside names of many origins: "van der Berg", "bin Saleh", "ap Rhys", "O'Neill", "D'Souza".
PARTICLES = word_set(
    "van von der den de del della di da dos das do du la le el al bin ibn ben bint abu abdul st san ap ab ferch ni nic "
    "mac mc o d ul ur uddin"
)
# Surnames that are small words as well: behind a first name and written with a capital they are names.
SMALL_SURNAMES = word_set("er so do ho an my on see may will read more most still down past best mine moore like")
# Letters behind a name that are no part of it.
AFTER_A_NAME = word_set(
    "qc kc mp mep mbe obe cbe dbe kbe jp esq jr jnr sr snr phd msc bsc ba ma md rn rgn rmn rcn cqsw dipsw qpm"
)
# What an apostrophe ties to the word before it.
SUFFIXES = word_set("s ll d ve re m t")

# A name that ends in one of these is a place's or a body's: "Curlew House", "Grace Road".
NOT_A_SURNAME = word_set(
    """
    road street lane avenue close drive way crescent terrace gardens grove court place square hill park house lodge
    cottage farm manor hall centre center school college academy university primary secondary nursery hospital clinic
    surgery practice medical station airport church chapel mosque temple gurdwara synagogue hotel inn arms pub cafe
    restaurant bar club trust foundation charity council team unit service services agency association society
    partnership group project programme scheme panel board committee review report model framework act inquiry
    operation police constabulary force prison magistrates tribunal county borough district city town village estate
    island bay beach pier harbour bridge tunnel river valley marsh marshes wood woods forest common green cabs taxis
    taxi motors tyres nails barbers bakery stores shop shops market industrial retail business quay wharf dock docks
    parade mews row walk rise view mount heath castle tower towers library museum theatre cinema stadium pool gym
    leisure day week month year night term
    """
)

# What a speaker label says of a part in the talk instead of a name.
PARTS_IN_THE_TALK = word_set(
    """
    interviewer interviewee interviewers int ir iv ie res r i q a p pt ptp participant participants respondent
    researcher
    moderator facilitator speaker unknown unidentified male female man woman voice voices all both several others
    other group audience observer notetaker transcriber transcript note notes host guest chair narrator recording
    system assistant person people student professional practitioner worker officer nurse manager teacher parent carer
    child young youth police social doctor interpreter translator question answer time date location place name role
    agency title subject re to from cc bcc background overlapping crosstalk inaudible unclear focus m f x conventions
    counsel inquiry lead witness panel commissioner presenter expert
    present attending attendees attendance apologies minutes matters arising actions action decision decisions
    recommendation recommendations outcome outcomes summary discussion update updates venue sent health education
    housing care aob risk risks concerns strengths steps
    laughs laughter pause sighs coughs music silence end start applause ring bell phone door
    """
)

# Given names that are words as well: a capital inside a sentence or a person's verb must speak for them.
WORDS_AS_NAMES = word_set(
    """
    abbey amber angel april art ash aurora autumn beau bill blossom bonny brandy bronte brook buddy candy carol cash
    charity chase cherry china clay cliff clover coral crystal daisy dale dawn dean dolly drew earl ebony eden ever
    faith fern flora frank gene ginger grace grant guy harmony harry haven hazel heath heather holly honey honour hope
    hunter iris ivory ivy jack jade jasmine jay jewel jock joy june jet kit lance lily major mark mason matt max may
    melody mercy miles misty myrtle neat nick noble norm olive opal parker patience patty pearl peg penny pepper pip
    poppy precious prince princess prudence rain ray reed rich rob robin rocky rod rose rosemary ruby rusty saffron sage
    sandy savannah scarlet sienna sky skip sonny star sterling storm sue summer sunny taylor terry tiger trinity trust
    verity violet warren will willow woody wren blessing gift favour destiny fortune heaven justice marvellous
    innocent
    """
)
# Of these, the ones that are auxiliary verbs: after a preposition and before another verb they can only be names.
MODALS = word_set("will may")

# A people, a language or a faith, said of somebody: no name, though "Christian" and "Roman" are names as well.
PEOPLES = (ORIGINS | LANGUAGES | FAITHS) - word_set("christian german french roman")

# Capitals that models take for people.
NOT_PEOPLE = word_set(
    """
    god jesus christ allah lord queen king santa christmas easter ramadan eid diwali internet google snapchat facebook
    instagram whatsapp tiktok telegram youtube twitter uber tesco asda childline crimestoppers covid zoom teams ofsted
    gillick fraser gurkha gurkhas traveller travellers roma muslim muslims christian christians sikh sikhs hindu hindus
    safeguarding cuckooing cuckooed locum shisha takeaways multi debrief whatsoever kinda wanna dunno innit yous nah
    chair chairman chairwoman counsel inquiry inquest tribunal hearing commission
    laughs laughter pause sighs crosstalk inaudible unclear overlapping coughs exhales inhales sniffs nods silence
    """
)

# The young people of one family, named by its surname: "the Bell boy", "the Bell twins".
FAMILY = word_set(
    "boy boys girl girls lad lads brother brothers sister sisters twins family kids children lot house mum"
)

# Said before a name as a part of it: "Big Col", "Little Kel".
BY_NAME_OPENERS = word_set("big little lil young old mad crazy fat skinny tall ginger")

# Initials that are read as something else first.
NOT_INITIALS = RANKS | word_set(
    "gp gps dj mp mps pe re tv uk us eu ok id hr pa pm am cp ct sw fe cv dv ld md ms mr er un ni ta la ir int nhs cid "
    "cse cce"
)
