"""Two tiers of one study share no token, code, digest or file name; their sentences can be paired, and we say so."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.config import Settings
from deid.detect.engine import Detector
from deid.model import Category, KnownPerson, Segment
from deid.pseudonymise.labels import group_of, label_of
from deid.pseudonymise.tokens import find_tokens, label_part, number_of
from deid.region import load_region
from deid.study.folder import Study
from deid.study.known import remembered
from deid.study.release.alignment import align
from deid.study.release.release import Release, release
from deid.study.render import Rendered, render, reread
from deid.study.roster import import_roster
from deid.study.run import run
from deid.study.sign_off import sign_off
from deid.study.sources import collect
from tests.invented import fake_detector, new_study, run_on

EXAMPLES = Path(__file__).parents[3] / "examples" / "files"
GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "tiers.md").read_text(encoding="utf-8")
TIERS = ("team", "archive", "public")
# What lies beside the transcripts has the same name in every release.
_COMPANIONS = {"manifest.json", "audit.jsonl", "README.txt", "stopwords.txt", "verify.html"}


@pytest.fixture(scope="module", params=["a tiny model", pytest.param("the real models", marks=pytest.mark.model)])
def detector(request: pytest.FixtureRequest) -> Detector:
    return fake_detector() if request.param == "a tiny model" else Detector(Settings(), load_region("kent-medway"))


@pytest.fixture(scope="module")
def study(detector: Detector, tmp_path_factory: pytest.TempPathFactory) -> Study:
    made = new_study(tmp_path_factory.mktemp("tiers") / "study")
    import_roster(made, [KnownPerson(f"P0{number}", name, consent="public") for number, name in enumerate(_NAMES, 1)])
    run(made, collect([EXAMPLES], study=made.folder, settings=made.settings), detector)
    return made


_NAMES = ("Wilhelmina Oddington", "Leopold Brackwater", "Isolde Quarrington", "Barnaby Thistlewick",
          "Cordelia Pennyfold", "Ambrose Wetherspoke")  # fmt: skip


@pytest.fixture(scope="module")
def shown(study: Study, detector: Detector) -> dict[str, Rendered]:
    """Every tier in turn, each remembered as a sign-off does."""
    found = {}
    for tier in TIERS:
        found[tier] = render(study, reread(study), tier, detector)
        with study.writing():
            study.save(remembered(study, found[tier].outcome))
    return found


def segments_of(rendered: Rendered) -> list[Segment]:
    return [
        segment
        for code in sorted(rendered.gated)
        for segment in rendered.readings[code].reread(rendered.gated[code].output)
    ]


def test_every_token_of_the_examples_parses_back_to_its_kind(shown: dict[str, Rendered]) -> None:
    counted = 0
    for tier, rendered in shown.items():
        for code, product in rendered.outcome.products.items():
            by_span = {one.span: one for one in product.replacements}
            for mention in product.mentions:
                one = next((r for span, r in by_span.items() if span.overlaps(mention.span)), None)
                if one is None or not one.text:
                    continue
                (place, *_) = find_tokens(one.text) or [(0, len(one.text))]
                bare = one.text[slice(*place)].strip("[]")
                entry = rendered.outcome.entries[mention.entity]
                token = entry.tokens[tier]
                if number_of(token):
                    kind = label_of(entry.entity)
                    assert number_of(bare) == number_of(token), (tier, code)
                    assert label_part(bare).lower().endswith((kind.lower(), group_of(kind).lower())), (tier, code)
                else:
                    assert find_tokens(f"[{bare}]"), (tier, code)
                    assert entry.entity.category in (Category.AGE, Category.DATE), (tier, code)
                counted += 1
    assert counted > 300


def test_no_token_text_stands_in_two_tiers(shown: dict[str, Rendered]) -> None:
    tokens = {
        tier: {token for entry in one.outcome.entries.values() if (token := entry.tokens.get(tier))}
        for tier, one in shown.items()
    }
    written = {tier: set(_numbered(segments_of(one))) for tier, one in shown.items()}
    for one, other in (("team", "archive"), ("team", "public"), ("archive", "public")):
        assert len(written[one]) > 50
        assert not tokens[one] & tokens[other]
        assert not written[one] & written[other]


def _numbered(segments: list[Segment]) -> Iterator[str]:
    for segment in segments:
        for start, end in find_tokens(segment.text):
            if number_of(bare := segment.text[start:end].strip("[]")):
                yield bare


def test_sentences_of_two_tiers_can_be_paired_and_the_share_is_measured(shown: dict[str, Rendered]) -> None:
    segments = {tier: segments_of(rendered) for tier, rendered in shown.items()}
    shares = {
        (one, other): align(segments[one], segments[other]).share
        for one, other in (("team", "archive"), ("team", "public"), ("archive", "public"))
    }
    # Tokens share nothing, and still most sentences find their twin: the guide says so with these figures, which move a
    # little with what is found.
    said = re.search(r"In the examples (\d+) % .*?, (\d+) % .*? and (\d+) %", GUIDE, re.DOTALL)
    assert said
    for figure, share in zip(said.groups(), shares.values(), strict=True):
        assert abs(int(figure) - 100 * share) <= 4, shares


def test_an_alignment_counts_sentences_that_stand_as_often_in_each() -> None:
    def said(text: str) -> list[Segment]:
        return [Segment("speech", text, 1)]

    one = said("[Person 4] went to [Town 9] late. Yes. She rang me then. She rang me then.")
    other = said("[Child 7] went to Dover late. [Child 12] went to [Town 3, East Kent] late. She rang me then.")
    found = align(one, other)
    assert (found.sentences, found.paired) == (3, 1)
    assert align([*one, *one], [*one, *one]).share == 1.0


def test_releases_of_two_tiers_share_no_name_code_or_digest(study: Study, shown: dict[str, Rendered]) -> None:
    made = {tier: released(study, shown[tier]) for tier in TIERS}
    names: dict[str, set[str]] = {}
    codes: dict[str, set[str]] = {}
    digests: dict[str, set[str]] = {}
    for tier, each in made.items():
        names[tier] = {path.name for path in each.folder.iterdir()} - _COMPANIONS
        files = json.loads((each.folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        codes[tier] = {file["code"].partition("-")[0] for file in files}
        digests[tier] = {file["sha256"] for file in files}
    for one, other in (("team", "archive"), ("team", "public"), ("archive", "public")):
        for values in (names, codes, digests):
            assert len(values[one]) > 4 and not values[one] & values[other]
    assert "% of its sentences" in made["public"].warnings[0]


def released(study: Study, rendered: Rendered) -> Release:
    with study.writing():
        for code in rendered.gated:
            sign_off(study, rendered, code, "R1")
        return release(study, rendered, is_clean=lambda _: True)


def test_the_order_in_which_files_are_named_changes_no_byte(tmp_path: Path) -> None:
    """Two machines, two folders, the same files named in another order: the same drafts."""
    outputs = []
    for machine, reverse in (("one", False), ("another", True)):
        folder = shutil.copytree(EXAMPLES, tmp_path / machine / "files")
        study = new_study(tmp_path / machine / "study", seed="the same")
        run_on(study, *sorted(folder.iterdir(), reverse=reverse))
        outputs.append({path.name: path.read_bytes() for path in study.drafts.iterdir()})
    assert len(outputs[0]) > 4
    assert outputs[0] == outputs[1]
