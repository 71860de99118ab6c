"""Whether a word is somebody's occupation: listed ones, and those that their endings tell."""

from deid.detect.job_words import TITLE_ENDS
from deid.detect.vocabulary import word_set

OFFICES = TITLE_ENDS | word_set(
    "magistrate judge vicar imam councillor mp gp doctor surgeon headmaster headmistress copper policeman policewoman "
    "footballer boxer pilot jockey fisherman lifeboatman undertaker mayor rabbi pastor actor actress singer barrister "
    "journalist bishop priest canon archdeacon lollipop dinner postman postwoman milkman caretaker baker grocer "
    "landlord landlady florist hairdresser tattooist trawlerman lorry lighthouse registrar astronomer publican "
    "wrestler cricketer dj keeper cleaner verger gamekeeper groundsman gravedigger ferryman coastguard lifeguard "
    "fishmonger greengrocer cobbler auctioneer bailiff farmer butcher jeweller chemist dentist firefighter soldier "
    "sailor docker miner cook chef nurse tailor mechanic postmistress coxswain cox skipper captain major colonel "
    "guard steward vet ta cabbie binman model monk nun deacon churchwarden medic escort treasurer clown busker "
    "dinnerlady tealady barmaid marine para paratrooper squaddie spy architect sheriff bellringer town-crier crier "
    "beekeeper"
)
"""Posts and trades, and first words of some ("lollipop lady", "dinner lady")."""

_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "smith", "wright", "keeper", "eer", "grapher", "lady")
_SHORTEST = 5
# Words with such an ending that are no trade: things, qualities, and what people are to each other.
_NO_TRADE = word_set(
    "number order letter matter water paper river corner summer winter member teenager stranger dealer user abuser "
    "offender groomer partner brother sister mother father daughter mirror error terror door floor older younger "
    "better worse bigger smaller taller easier harder other another under over after never ever either neither rather "
    "whether together answer anger danger power tower flower shower dinner supper butter finger shoulder leader "
    "perpetrator predator drinker smoker gambler fighter lover worrier hoarder liar monster killer murderer stalker "
    "beater cheater womaniser bully survivor sufferer self-harmer runner elder boxer-short carer foster quarter "
    "chapter center theater character factor colour color favour behaviour neighbour honour flavour labour rumour "
    "humour tumour armour harbour major minor senior junior prior interior exterior superior inferior monitor motor "
    "tractor doctor's computer printer folder trigger tiger spider passenger customer owner founder holder newcomer "
    "outsider loner loser winner joker disaster blister cluster master register minister cover lever fever clever "
    "silver proper former latter human woman man person christian racist sexist rapist narcissist alcoholic resister "
    "temper wonder thunder weather leather feather ladder border counter meter litre shelter starter starer bloke "
    "lady mixture player believer hater looker talker hugger crier giver pusher supplier trafficker murder bother "
    "remember consider wander suffer offer differ gather enter alter filter transfer prefer refer barrier carrier "
    "burner blocker breaker stopper keeper hanger lighter charger trainer jumper sweater slipper slippers zipper "
    "wrapper poster sticker marker rubber ruler toner cooker freezer toaster boiler heater hoover doorstep asian "
    "russian indian italian persian guardian vegetarian martian disciplinarian nationalist feminist optimist "
    "pessimist perfectionist realist complainer earner bread-winner breadwinner provider protector rescuer peacemaker "
    "troublemaker helper sleeper layer sponsor mentor abductor oppressor aggressor grandmother grandfather stepmother "
    "stepfather stepbrother stepsister godmother godfather foster-carer boater traveller foreigner villager islander "
    "londoner northerner southerner easterner beginner learner reader listener"
)


def is_occupation(low: str) -> bool:
    """Whether this folded word says what somebody does: "magistrate", "plasterer", "dog handler"'s last."""
    if low in OFFICES:
        return True
    return len(low) >= _SHORTEST and low.endswith(_ENDINGS) and low not in _NO_TRADE
