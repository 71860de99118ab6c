"""`deid quotes` on papers of every format: quotations, original forms by digest, the wording of another tier."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from deid.config import Formats
from deid.errors import FormatError
from deid.risk.quoting import ABSENT, FOUND
from deid.study.folder import Study
from deid.study.release.papers import deletions, paragraphs
from deid.study.release.quotes import as_values, check_paper, stands, summary
from deid.study.render import Rendered, render, reread
from tests.invented import fake_detector, new_study, run_on, two_sources

QUOTED = "“And who do you work with?” she asked, and “I work for [Police force 1] in all those long years”."
SLIDE = """<?xml version="1.0"?><p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>She said &#8220;And who do</a:t></a:r>
<a:r><a:t xml:space="preserve"> you work with?&#8221;</a:t></a:r></a:p><a:p><a:endParaRPr/></a:p></p:sld>"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def rendered(study: Study, tier: str) -> Rendered:
    return render(study, reread(study), tier, fake_detector())


def paper(folder: Path, suffix: str, *texts: str) -> Path:
    path = folder / f"paper{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        document.save(str(path))
    else:
        path.write_text("\n\n".join(texts), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_quotations_of_a_paper(study: Study, tmp_path: Path, suffix: str) -> None:
    read = paragraphs(paper(tmp_path, suffix, "An introduction.", QUOTED, "The end of it."), Formats())
    checked = check_paper(study, read, rendered(study, "team"))
    assert [one.state for one in checked.quoted] == [FOUND, ABSENT]
    assert checked.quoted[0].code and checked.quoted[0].turn == 3
    assert checked.originals == () and checked.exit_code == 0
    assert "2 quotations: 1 found" in summary(checked)


def test_slides_are_read_with_their_runs_joined(tmp_path: Path) -> None:
    path = tmp_path / "talk.pptx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("ppt/slides/slide10.xml", SLIDE.replace("She", "Later she"))
        package.writestr("ppt/slides/slide2.xml", SLIDE)
    assert paragraphs(path, Formats()) == (
        "She said “And who do you work with?”",
        "Later she said “And who do you work with?”",
    )


@pytest.mark.parametrize(("name", "data"), [("deck.pptx", b"PK\x03\x04 no zip"), ("paper.pdf", b"%PDF-1.7")])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormatError):
        paragraphs(tmp_path / name, Formats())


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    path = paper(tmp_path, ".docx", "She said so. KEPTMARK")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    run = "</w:t></w:r>{}<w:r><w:t>"
    added = '<w:ins w:id="1" w:author="A"><w:r><w:t>“We were never asked”</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>“Gone for good now”</w:delText></w:r></w:del>'
    parts["word/document.xml"] = body.replace("KEPTMARK", run.format(added + deleted)).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    path.write_bytes(made.getvalue())
    text = " ".join(paragraphs(path, Formats()))
    assert "“We were never asked”" in text and "Gone for good" not in text
    assert deletions(path) == ("“Gone for good now”",)


def test_an_original_form_in_a_tracked_deletion_is_told(study: Study) -> None:
    """Whoever opens the file can bring it back."""
    checked = check_paper(study, ["Thanks."], rendered(study, "team"), deleted=["Barnabas Quillfeather"])
    assert [one.paragraph for one in checked.originals] == [0]
    assert checked.exit_code == 1


def test_only_a_word_file_has_deletions_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    assert deletions(paper(tmp_path, ".txt", "Nothing.")) == ()
    (tmp_path / "broken.docx").write_bytes(b"PK no zip")
    with pytest.raises(FormatError, match="damaged"):
        deletions(tmp_path / "broken.docx")


def test_a_quotation_that_may_stand_is_told_from_one_that_may_not(study: Study) -> None:
    team, public = rendered(study, "team"), rendered(study, "public")
    same = check_paper(study, ["“And who do you work with?”"], team, public)
    assert stands(same.quoted[0], same.becomes[0])
    own = next(turn for turn in _texts(study, team) if "I work for" in turn)
    other = check_paper(study, [f"“{own}”"], team, public)
    assert not stands(other.quoted[0], other.becomes[0])


def test_an_original_form_is_flagged_by_its_digest_only(study: Study) -> None:
    checked = check_paper(study, ["Thanks.", "We thank Barnabas Quillfeather for it."], rendered(study, "team"))
    assert [one.paragraph for one in checked.originals] == [2]
    assert checked.exit_code == 1
    assert "Quillfeather" not in repr(checked) and "quillfeather" not in str(as_values(checked)).lower()


def test_how_a_quotation_has_to_read_in_another_tier(study: Study) -> None:
    team, public = rendered(study, "team"), rendered(study, "public")
    own = next(turn for turn in _texts(study, team) if "I work for" in turn)
    other = next(turn for turn in _texts(study, public) if "I work for" in turn)
    assert own != other
    checked = check_paper(study, [f"“{own}”"], team, public)
    assert checked.quoted[0].state == FOUND
    assert checked.becomes[0].rstrip(".") == other.rstrip(".")


def test_a_part_of_a_turn_becomes_that_part(study: Study) -> None:
    checked = check_paper(
        study, ["“Could you say who … you work with”"], rendered(study, "team"), rendered(study, "public")
    )
    assert checked.becomes == ("Could you say who you work with",)


def _texts(study: Study, shown: Rendered) -> list[str]:
    from deid.study.released import released_of

    return [turn.text for talk in released_of(study, shown).talks for turn in talk.turns]
