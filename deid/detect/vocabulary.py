"""Closed sets of English words that several recognisers lean on; all folded, none tied to a region or a study."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text between its spaces, so that a list of words can be read in lines."""
    return frozenset(text.split())


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS_SHORT = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SAID_FIGURE = rf"(?:oh|{'|'.join((*UNITS, *TENS))})"  # a figure of a number or a handle as it is said
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "thirtieth",
)  # fmt: skip

TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir lady lord dame rev reverend father sister fr imam rabbi pastor canon "
    "councillor cllr judge pc wpc dc ds di dci dsu det ps sgt sergeant insp inspector supt superintendent cpl pcso "
    "constable detective chief nurse matron auntie aunty uncle aunt nan nanny"
)

# Words that open sentences or hold them together. A capital on one of them is no name, and in speech without
# capitals a name ends before one of them.
STOP = word_set(
    """
    a about above across actually after again against ago ah all almost alone along already alright also although
    always am among an and another any anybody anyone anything anyway anywhere apparently are aren around as at away
    back basically be because been before behind being believe below beside between bit both but by bye call called
    came can cannot cause certainly cheers come comes coming could couldn cover covered covers currently d day did
    didn do does doesn doing don done down driving during each early eh eight either eleven else er erm even ever
    every everybody everyone everything everywhere exactly except far few fifteen fine first five for four fourteen
    from gave get gets getting give given go goes going gone gonna gosh got gotta great grew guess had hadn half has
    hasn have haven having he heard hello her here hers herself hey hi him himself his hm hmm honestly how however
    i if in including indeed inside instead into is isn it its itself just kind knew know knows lad later least left
    less let like lived lives living ll look looked looking looks lot lots lovely m made make makes many may maybe me
    mean meant met mhm might mightn mine mm moment more most mostly moved moving much must mustn my myself near nearly
    need needs never next nice nine no nobody none nope nor normally not nothing now nowhere obviously of off often oh
    ok okay on once one ones only onto opposite or other others otherwise ought our ours ourselves out outside over
    own past perhaps placed please plus pretty probably quite ran rang rather re read really right round run running
    s said same saw say saying says see seen seven several shall shan she should shouldn show since six so some
    somebody somehow someone something sometimes somewhere soon sorry sort spoke start started stay stayed still
    stop stuff such suddenly sure ten than thank thanks that the their theirs them themselves then there therefore
    these they thing things think this those though thought three through throughout thirteen till time to today
    together told tomorrow tonight too took toward towards tried trying twelve twenty twice two uh uhm um under
    unfortunately unless until up upon us use used usually ve versus very via visited walked want wanted was wasn way
    we well went were weren what whatever when whenever where wherever whether which while who whoever whole whom
    whose why will with within without won work worked working works would wouldn yeah year years yep yes yesterday
    yet you your yours yourself yourselves id ill im ive hes shes its thats theres weve youve theyve
    dont doesnt didnt wont wouldnt couldnt shouldnt cant isnt arent wasnt werent havent hasnt hadnt aint youre theyre
    whos whats wheres mustnt youll theyll itll
    """
)

# Words that lead to a place. The first set leaves little doubt; the second also leads to people.
TO_A_PLACE = word_set("in near at around round outside across towards toward into within throughout")
TO_A_PLACE_OR_PERSON = word_set("from to up down over out via through past off for by beyond between")

DETERMINERS = word_set("the a an this that these those my your his her our their its some any no every each")

# Adjectives and nouns that stand before "road", "park", "house" or "team" without making a name of it.
PLAIN = word_set(
    """
    main major minor same other next last new old busy quiet back front side slip little big small large long short
    right wrong different another certain particular residential dark country private ring trunk local high top
    bottom upper lower whole own nearest normal usual nice lovely good bad best better worse entire open closed empty
    public dodgy cheap rough posh nearby
    general special specialist national regional county district borough central main cross one two three four
    five six seven ten multi single dual fast slow middle dead end double main bus train tube railway coach police fire
    petrol power filling service polling taxi car lorry caravan theme skate retail business science trading industrial
    council housing shopping leisure sports sport community children childrens child youth family families care caring
    residential foster fostering secure semi independent supported living step halfway safe neighbour neighbours mums
    dads nans friends boyfriends mates aunts uncles grans partners hospital health mental medical dental doctors gp
    school schools primary secondary infant junior grammar sixth form nursery early help years young people peoples
    social work worker workers services adult adults support intervention prevention response outreach targeted
    locality area region missing exploitation abuse safeguarding protection duty assessment referral intake contact
    multi agency agencies partnership joint integrated core wider virtual whole management senior leadership pastoral
    behaviour attendance inclusion welfare wellbeing emotional crisis intensive therapeutic clinical nursing court
    crown county magistrates criminal crime crimes civil law legal drug drugs alcohol substance gang gangs violence
    domestic sexual modern slavery trafficking online digital internet neighbourhood patrol custody investigation
    investigations intelligence enquiry proactive tactical firearms traffic transport licensing enforcement trading
    standards environmental planning finance human resources research project study steering working task operational
    strategic strategy advisory scrutiny oversight review quality assurance practice policy training placement
    placements commissioning emergency out hours night day evening weekend morning afternoon empty derelict abandoned
    rented party trap drugs crack bail approved haunted parents mother father mum dad nan gran friend boyfriend mate
    him someone somebody anyone everyone people kids boys girls lads women men teenagers adults staff open air
    chicken kebab pizza chip fish corner sweet charity phone vape betting coffee sandwich takeaway
    """
)

COUNTRIES = word_set(
    """
    afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh
    barbados belarus belgium benin bhutan bolivia bosnia botswana brazil britain bulgaria burundi cambodia cameroon
    canada chad chile china colombia congo croatia cuba cyprus czechia denmark ecuador egypt england eritrea estonia
    ethiopia finland france gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti holland
    honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya
    kosovo kurdistan kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania luxembourg macedonia
    madagascar malawi malaysia maldives mali malta mauritania mauritius mexico moldova mongolia montenegro morocco
    mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama
    paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia
    slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia
    turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe
    africa asia europe antarctica oceania caribbean balkans scandinavia
    uk gb usa us eu uae
    """
) | {
    "united kingdom", "great britain", "united states", "united states of america", "the united states", "the us",
    "the uk", "the eu", "european union", "the european union", "northern ireland", "south africa", "north africa",
    "west africa", "east africa", "sierra leone", "ivory coast", "burkina faso", "cape verde", "costa rica",
    "dominican republic", "czech republic", "el salvador", "hong kong", "new zealand", "north korea", "south korea",
    "saudi arabia", "sri lanka", "south sudan", "trinidad", "trinidad and tobago", "middle east", "the middle east",
    "eastern europe", "western europe", "south america", "north america", "latin america", "south asia",
    "southeast asia", "the netherlands", "the gambia", "the congo", "the philippines", "the caribbean", "the balkans",
}  # fmt: skip
