"""A region of invented places and bodies, so that rules are tested apart from what the shipped pack holds."""

from deid.region import Agency, Place, Region, Role

SMALL = Region(
    name="small",
    places=(
        Place("Northbourne", "town", aliases=("NB", "the Bourne")),
        Place("Quillsea", "town"),
        Place("St Elphin's", "village"),
        Place("Mallow & Tansy", "district"),
        Place("Teal", "village", cue=True),
        Place("Rush", "village", cue=True),
        Place("Fern", "village", cue=True),
        Place("Lapwing Hospital", "hospital"),
        Place("QX9", "postcode_district"),
    ),
    agencies=(
        Agency("Northbourne Borough Council", "council", aliases=("NBCX",), cue_aliases=("Gate",)),
        Agency("Missing Children Team", "police team", cue_aliases=("MCTX",)),
    ),
    roles=(Role("named nurse", "health", singular=True), Role("project worker", "charity")),
    references={
        "reference": [
            {
                "name": "crime",
                "kind": "crime_reference",
                "category": "CASE",
                "regex": r"99/\d{5}/\d\d",
                "cues": ["crime ref"],
                "needs_cue": False,
            },
            {
                "name": "file",
                "kind": "social_care_id",
                "category": "CASE",
                "regex": r"\d{6}",
                "cues": ["file number"],
                "needs_cue": True,
            },
        ]
    },
)
