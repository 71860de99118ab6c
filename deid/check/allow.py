"""`deid: allow <kind> <reason>` in a comment on the same line, where the format has comments."""

import re
from pathlib import PurePath

# # deid: allow phone an Ofcom drama number     // deid: allow email ...     <!-- deid: allow postcode ... -->
_ALLOWANCE = re.compile(r"(?P<mark>#|//|/\*|<!--|--|%|;|\*)\s*deid: allow (?P<kind>[a-z][a-z0-9_*]*)(?P<reason>[^\n]*)")
_MARKS = {
    "#": "py r rmd qmd jl sh bash zsh rb pl yml yaml toml cfg ini conf tf mk make cmake dockerfile ps1 gitignore",
    "//": "js mjs cjs ts tsx jsx c h cc cpp hpp cs java kt go rs swift scala php scss less dart groovy",
    "/*": "js mjs cjs ts tsx jsx c h cc cpp hpp cs java kt go rs swift scala php css scss less sql",
    "*": "js ts c h cc cpp java",
    "<!--": "md html htm xml svg rst rmd qmd vue",
    "--": "sql lua hs ada",
    "%": "tex bib sty m erl",
    ";": "el clj lisp scm ini asm",
}
_SUFFIXES = {mark: frozenset(suffixes.split()) for mark, suffixes in _MARKS.items()}
_FEWEST_WORDS = 2


def allowance(name: str, line: str, kind: str, kinds_of_line: int) -> str:
    """ "" where a finding stands; "allowed", or why the allowance on this line is refused."""
    match = _ALLOWANCE.search(line)
    if match is None:
        return ""
    file = PurePath(name)
    suffix = file.suffix.lower().removeprefix(".") or file.name.lower().removeprefix(".").removesuffix("file")
    if suffix not in _SUFFIXES[match["mark"]]:
        return ""
    if match["kind"] != kind:
        return "" if match["kind"].isidentifier() and match["kind"] not in {"all", "any"} else "it names no one kind"
    reason = match["reason"].replace("-->", "").replace("*/", "")
    if len(re.findall(r"[^\W\d_]{2,}", reason)) < _FEWEST_WORDS:
        return "it gives no reason"
    return "it covers a line with too many" if kinds_of_line > 5 else "allowed"
