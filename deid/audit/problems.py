"""What can be wrong with a log or with the files it speaks of, in words that need no training."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """kind: a name from MEANINGS. where: a line, an event or a file. meaning: what it says, and what to do."""

    kind: str
    where: str
    meaning: str


_NEVER_BY_HAND = (
    "The log is never corrected by hand: put the untouched file back from a backup, or let the board keep this finding."
)
_RUN_AGAIN = "To correct a text, correct the source or the decision and run deid again; the log then tells of both."

MEANINGS: Mapping[str, str] = {
    # the chain
    "unreadable_line": f"This is not a line as the log writes them: it was changed. {_NEVER_BY_HAND}",
    "altered_event": f"This event no longer matches its own digest: it was changed. {_NEVER_BY_HAND}",
    "altered_detail": f"The detail of this event is not the one that was recorded: it was changed. {_NEVER_BY_HAND}",
    "removed_event": f"Events are absent before this one: somebody took them out. {_NEVER_BY_HAND}",
    "inserted_event": f"This event stands where none was written: it was put in, or copied. {_NEVER_BY_HAND}",
    "reordered_event": f"This event stands in the wrong place: somebody changed the order. {_NEVER_BY_HAND}",
    "broken_link": (
        "This line does not follow from the line before it: something between them was changed, added or taken out. "
        f"{_NEVER_BY_HAND}"
    ),
    "wrong_detail": "This event has a field that the format does not know: deid did not write it.",
    "foreign_signature": (
        "The signature is not by this study's key: somebody else wrote this checkpoint, or it was changed. "
        "Compare the fingerprint with the one on the ethics form."
    ),
    "checkpoint_disagrees": (
        f"The signed checkpoint speaks of other events than those that stand before it. {_NEVER_BY_HAND}"
    ),
    "unsigned_end": (
        "These last lines are complete but unsigned. A crash in the middle of writing can leave such lines, and so "
        "does somebody who adds lines without having the key. They do not count; the next deid command sets them aside "
        "and says so in the log."
    ),
    "withheld_without_reason": (
        "More details are withheld than the withdrawals in this log account for: somebody blanked a detail. "
        "The events themselves are still there. Put the untouched file back from a backup."
    ),
    "copy_altered": "The public copy is not the one that was signed when the release was made. Ask for it again.",
    "copy_disagrees": (
        "The public copy in the release does not tell the same events as the study's log: one of them is not genuine."
    ),
    # anchors
    "cut_tail": "The anchor tells of more events than the log has: its end was cut off, or an old copy was put back.",
    "another_log": "The anchor or fingerprint is of another study: this is not the log that it was taken from.",
    "rewritten": "Up to the anchor the log tells other events than it did on that day: it was rewritten.",
    # outputs
    "output_altered": (
        "This file is not the one that was written: it was changed afterwards, perhaps only by opening and saving it. "
        f"{_RUN_AGAIN}"
    ),
    "output_unlogged": "Nothing in the log tells of this file: deid did not write it here. Take it out of the folder.",
    "output_missing": (
        "The log says that this file was written, and it is not there. Restore it, or run deid again. A removal on "
        "purpose goes through deid (a withdrawal, or a run without the source), and is then on record."
    ),
    "output_renamed": "deid wrote this file under another name. Give it its name back.",
    "output_unreadable": "This file cannot be read as a transcript, so its replacements could not be compared.",
    "token_missing": f"The log says that a replacement stands here, and the text does not have it. {_RUN_AGAIN}",
    "token_unlogged": f"A replacement stands here that no event tells of. {_RUN_AGAIN}",
    "token_twice": f"Two events claim the same place. {_RUN_AGAIN}",
    "count_disagrees": f"The log, its events and the manifest count different numbers of replacements. {_RUN_AGAIN}",
    "manifest_disagrees": "The manifest does not list the files that the log lists. Make the release again.",
    "manifest_unreadable": "The release has no manifest that can be read. Make the release again.",
    # not faults, but worth knowing
    "interrupted": (
        "A command announced this and did not finish it, as happens when a computer is switched off. "
        "Nothing was altered; run the command again."
    ),
    "torn_line": (
        "The last line is incomplete, as a crash in the middle of writing leaves it. What is unsigned does not count; "
        "the next deid command sets it aside and says so in the log."
    ),
    "mended": "After a crash an unfinished end was set aside. It never counted: nothing goes on before it is signed.",
    "withheld": "Details are withheld on purpose. Their events are counted and linked, so none can be absent.",
    "anchor_later": (
        "The anchor was taken after this copy was made, so the copy cannot be compared with it. Compare the study's "
        "own log, or use an anchor of the day of the release."
    ),
    "withdrawn": "A participant withdrew; this file is gone on purpose.",
    "removed": "This file was removed on purpose.",
    "unknown_action": "A newer deid wrote this kind of event; it is linked and signed like the others.",
    "more": "There are more of this kind.",
}

# Told, but no reason to distrust the log.
NOTES = frozenset(
    {"anchor_later", "interrupted", "torn_line", "mended", "withheld", "withdrawn", "removed", "unknown_action"}
)


def problem(kind: str, where: str, also: str = "") -> Problem:
    """A problem with its meaning; `also` adds what is particular to this one."""
    return Problem(kind, where, f"{MEANINGS[kind]} {also}".rstrip())
