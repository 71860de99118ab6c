"""What an act changes, shown at once: the things that it touches, in the study as it was rendered before.

A whole study takes seconds to render again, and a reviewer does not wait for that. The pipeline says it all again soon
after, and only what the pipeline says is signed off, written or released. Where the words of a replacement are not
known before that, an ellipsis in brackets stands for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deid.fold import fold
from deid.model import KeyEntry, Mention, Outcome, Product, Replacement, Span
from deid.resolve.phrases import find_phrases, index_phrases
from deid.study.decisions import Line
from deid.study.render import Rendered
from deid.study.review.asked import Asked, At
from deid.vault.contents import Contents

COMING = "[…]"
_TECHNIQUE = "foreseen"


@dataclass(frozen=True, slots=True)
class Act:
    """An act that was written down. `vault`: the vault's contents after it, where it changed them.

    makes_things: it used up an id that a rendering under way may give to something else, or took an act back.
    """

    asked: Asked
    lines: tuple[Line, ...]
    vault: Contents | None = None
    makes_things: bool = False


def foresee(rendered: Rendered, act: Act) -> Rendered:
    """The study with this act done, as far as can be told without the pipeline."""
    outcome = rendered.outcome
    change = _CHANGES.get(act.asked.act)
    products = dict(outcome.products)
    if change is not None:
        products |= change(outcome, act)
    return replace(rendered, outcome=_with_vault(replace(outcome, products=products), act.vault))


def with_vault(rendered: Rendered, vault: Contents) -> Rendered:
    """What is shown, with things and bindings as the vault has them now."""
    return replace(rendered, outcome=_with_vault(rendered.outcome, vault))


def _with_vault(outcome: Outcome, vault: Contents | None) -> Outcome:
    """Whatever is decided next starts from the vault as this act left it, and never from what was before."""
    if vault is None:
        return outcome
    entries = dict(outcome.entries)
    for entry in vault.entries:
        before = entries.get(entry.entity.id)
        tokens = {**(before.tokens if before else {}), **entry.tokens}
        entries[entry.entity.id] = KeyEntry(entry.entity, tokens, entry.subject)
    bindings = {code: dict(own) for code, own in vault.bindings.items()}
    return replace(outcome, entries=entries, bindings=bindings)


def _kept(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    for code, spans in _by_code(act.asked.places).items():
        product, near = outcome.products[code], _near(spans)
        yield (
            code,
            replace(
                product,
                replacements=tuple(one for one in product.replacements if not _meets(one.span, near)),
                mentions=tuple(one for one in product.mentions if not _meets(one.span, near)),
            ),
        )


def _confirmed(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    """What was readable so far and is to be replaced."""
    for code, spans in _by_code(act.asked.places if act.asked.reason == "replace" else ()).items():
        product = outcome.products[code]
        taken = _near([one.span for one in product.replacements])
        new = [span for span in spans if not _meets(span, taken)]
        yield code, _with_words(product, [(span, COMING) for span in new])


def _merged(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    for line in (one for one in act.lines if one.verdict == "merge"):
        kept, gone = line.entity, line.values["other"]
        yield from _retold(outcome, gone, lambda text, old, new: text.replace(old, new) if old else COMING, kept)


def _renamed(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    words = " ".join(act.asked.words.split()).strip("[]")
    yield from _retold(outcome, act.asked.entity, lambda text, old, new: text.replace(old, words) if old else COMING)


def _recategorised(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    yield from _retold(outcome, act.asked.entity, lambda text, old, new: COMING)


def _split(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    new = next((line.values["into"] for line in act.lines if line.verdict == "split"), "")
    for code, spans in _by_code(act.asked.places).items():
        product, near = outcome.products[code], _near(spans)
        moved = _near([m.span for m in product.mentions if m.entity == act.asked.entity and _meets(m.span, near)])
        yield (
            code,
            replace(
                product,
                mentions=tuple(Mention(one.span, new) if _meets(one.span, moved) else one for one in product.mentions),
                replacements=tuple(
                    replace(one, text=COMING) if _meets(one.span, moved) else one for one in product.replacements
                ),
            ),
        )


def _worded(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    """A stretch that was added, described or removed: in the transcripts where it was selected."""
    asked = act.asked
    described = " ".join(asked.words.split()).strip("[]")
    words = {"add": COMING, "describe": f"[{described}]"}.get(asked.act, f"[passage removed {asked.reason}]")
    for code, spans in _by_code(asked.places).items():
        product = outcome.products[code]
        phrases = index_phrases(
            (form, True) for form in {product.transcript.text_at(span) for span in spans} if fold(form)
        )
        found = [
            (Span(number, start, end), words)
            for number, segment in enumerate(product.transcript.segments)
            for start, end, _ in find_phrases(segment.text, phrases)
        ]
        yield code, _with_words(product, found)


def _mended(outcome: Outcome, act: Act) -> Iterator[tuple[str, Product]]:
    for code in {code: None for (code, _), _ in act.asked.worded}:
        here = [(span, f"[{words}]") for (at, span), words in act.asked.worded if at == code]
        yield code, _with_words(outcome.products[code], here)


Change = Callable[[Outcome, Act], Iterator[tuple[str, Product]]]
_CHANGES: Mapping[str, Change] = {
    "keep": _kept,
    "confirm": _confirmed,
    "merge": _merged,
    "pseudonym": _renamed,
    "category": _recategorised,
    "part": _recategorised,
    "split": _split,
    "add": _worded,
    "describe": _worded,
    "remove": _worded,
    "mend": _mended,
}


def _retold(
    outcome: Outcome, entity: str, told: Callable[[str, str, str], str], becomes: str = ""
) -> Iterator[tuple[str, Product]]:
    """Every mention of an entity in other words: told(text, its token, the token of what it becomes)."""
    tokens = [_tokens(outcome, id) for id in (entity, becomes)]
    for code, product in outcome.products.items():
        near = _near([one.span for one in product.mentions if one.entity == entity])
        if near:
            yield (
                code,
                replace(
                    product,
                    mentions=tuple(
                        Mention(one.span, becomes) if becomes and one.entity == entity else one
                        for one in product.mentions
                    ),
                    replacements=tuple(
                        replace(one, text=_told(told, one, tokens)) if _meets(one.span, near) else one
                        for one in product.replacements
                    ),
                ),
            )


def _told(told: Callable[[str, str, str], str], one: Replacement, tokens: Sequence[Mapping[str, str]]) -> str:
    """With the tokens of the tier that this replacement's words are of. A form's second part stays nothing."""
    tier = next((tier for tier, token in tokens[0].items() if token and token in one.text), "")
    return told(one.text, tokens[0].get(tier, ""), tokens[1].get(tier, "")) if one.text else ""


def _tokens(outcome: Outcome, entity: str) -> Mapping[str, str]:
    entry = outcome.entries.get(entity)
    return entry.tokens if entry else {}


def _with_words(product: Product, found: Sequence[tuple[Span, str]]) -> Product:
    """The product with these stretches replaced; what they meet goes with them."""
    new = []
    for span, words in found:
        met = [one.span for one in product.replacements if one.span.overlaps(span)]
        start, end = min([span.start, *(one.start for one in met)]), max([span.end, *(one.end for one in met)])
        new.append(Replacement(Span(span.segment, start, end), words, _TECHNIQUE))
    near = _near([one.span for one in new])
    kept = [one for one in product.replacements if not _meets(one.span, near)]
    mentions = tuple(one for one in product.mentions if not _meets(one.span, near))
    return replace(product, replacements=tuple(sorted([*kept, *new], key=lambda one: one.span)), mentions=mentions)


Near = Mapping[int, Sequence[Span]]


def _by_code(places: Sequence[At]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for code, span in places:
        found.setdefault(code, []).append(span)
    return found


def _near(spans: Sequence[Span]) -> Near:
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(span.segment, []).append(span)
    return found


def _meets(span: Span, near: Near) -> bool:
    return any(span.overlaps(other) for other in near.get(span.segment, ()))
