"""Words that say what kind of body or place it is, and so cannot tell two of them apart."""

from deid.resolve.word_set import word_set

KIND_WORDS = word_set(
    """
    academy school college university primary secondary grammar infant junior nursery children childrens home house
    lodge centre center clinic surgery hospital hospice ward practice trust nhs foundation team unit service services
    council borough county district city town police station court prison hmp force partnership board panel group
    hub project charity youth club church cars cabs taxis ltd limited hotel inn pub street road lane avenue close
    drive square estate park bridge beach pier community the of and for in at st s
    """
)
