import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deid.audit.facts import Entry
from deid.audit.report import ReportFacts, Sample, render_report, status_lines, to_pdf, verify_page
from deid.audit.tally import facts_from_log
from deid.audit.verify import verify
from deid.errors import AskedWrongly
from tests.audit.build import Study
from tests.audit.sample import sample_facts, whole_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return whole_study(tmp_path_factory.mktemp("report") / "study")


@pytest.fixture(scope="module")
def facts(study: Study) -> ReportFacts:
    return sample_facts(study)


@pytest.fixture(scope="module")
def html(facts: ReportFacts) -> str:
    return render_report(facts)


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tables = self.captions = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in ("meta", "link", "br", "rect"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if str(values.get("href", "")).startswith("#"):
            self.targets.append(str(values["href"])[1:])

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag


def test_the_page_is_well_formed(html: str):
    outline = _Outline()
    outline.feed(html)
    assert outline.open == []
    assert outline.tables == outline.captions > 10
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)


def test_nothing_is_loaded_and_nothing_runs(html: str):
    assert not re.search(r"<script|\son\w+=|https?://|url\(", html)
    assert "default-src 'none'" in html


def test_the_board_finds_its_answers(html: str):
    for words in (
        "pseudonymised data <strong>is personal data",
        "section 171",
        "deid-anchor-1",
        "safeguarding referral",
        "no consent for this tier",
        "ETH-2026-17",
        "mention recall",
        "[Child 5] told [Professional 9]",
        "R1",
        "a kind of body",
    ):
        assert words in html, words


def test_the_charts_say_their_figures_in_words(html: str):
    assert html.count("<svg") == html.count('role="img"') == 2
    assert re.search(r"<desc[^>]*>A bar for each kind of detail\. People: \d+\.", html)


def test_words_from_the_log_are_text_and_not_markup(facts: ReportFacts):
    hostile = replace(facts, samples=(Sample("R07-1", 1, "<script>alert(1)</script>"),), approval_reference="<b>&")
    html = render_report(hostile)
    assert "<script" not in html and "&lt;script&gt;" in html and "&lt;b&gt;&amp;" in html


def warned(facts: ReportFacts) -> set[str]:
    return {line.label for line in status_lines(facts) if line.warns}


def test_what_is_past_due_or_absent_warns(facts: ReportFacts):
    assert warned(facts) == {"Key to be destroyed", "Key"}
    assert warned(replace(facts, today=date(2026, 1, 31))) == {"Key"}
    assert warned(replace(facts, today=date(2027, 2, 1))) == {"Review due", "Key to be destroyed", "Key"}
    bare = replace(facts, approval_reference="", review_by="", destroy_by="soon")
    assert warned(bare) == {"Approval", "Review due", "Key to be destroyed", "Key"}
    assert "Record" in warned(replace(facts, found=replace(facts.found, anchored=False)))
    assert "Record" in warned(replace(facts, found=replace(facts.found, ok=False)))


def approval(facts: ReportFacts, reference: str, *notes: str) -> str:
    told = tuple(
        Entry(at, "2026-03-02T09:30:00Z", "R1", "note", {"kind": "approval", "reference": note})
        for at, note in enumerate(notes)
    )
    lines = status_lines(replace(facts, log=replace(facts.log, told=told), approval_reference=reference))
    (line,) = [line for line in lines if line.label == "Approval"]
    return f"WARNS {line.words}" if line.warns else line.words


def test_an_approval_on_record_is_told_before_what_the_settings_say(facts: ReportFacts):
    assert approval(facts, "") == "WARNS no reference is on record"
    assert approval(facts, "ETH-1") == "ETH-1 (as the study's settings say; it is not in the signed record)"
    assert approval(facts, "", "ETH-1", "ETH-2") == "ETH-2, on record since 2026-03-02"
    assert approval(facts, "ETH-2", "ETH-2") == "ETH-2, on record since 2026-03-02"
    assert approval(facts, "ETH-3", "ETH-2").startswith("WARNS ETH-2")


def test_who_opens_the_key_alone_counts_the_first_passphrase_and_no_custodian(facts: ReportFacts, tmp_path: Path):
    study = Study(tmp_path / "study")

    def told() -> str:
        lines = status_lines(replace(facts, log=facts_from_log(study.log.events())))
        return next(line.words for line in lines if line.label == "Key")

    assert told().startswith("one passphrase or key opens it alone")
    study.append(("recipient_added", {"recipient": "supervisor", "kind": "public key"}))
    assert told().startswith("each of 2 passphrases or keys opens it alone")
    study.append(("recipient_added", {"recipient": "dean", "kind": "custodian"}))
    assert told().startswith("each of 2 ")
    assert "procedure, not cryptography" in told()


def test_what_is_procedure_is_not_called_proven(html: str):
    section = html[html.index('<h2 id="rests">') : html.index('<h2 id="texts">')]
    assert section.count("<td>Procedure") >= 5 and section.count("<td>Cryptography") >= 3
    assert "who sat at the keyboard" in section


def test_the_studys_codes_are_not_laid_beside_those_of_a_release(html: str, tmp_path: Path, facts: ReportFacts):
    counts = html[html.index('<h2 id="counts">') : html.index('<h2 id="samples">')]
    assert "R07-1" in counts and "P02-1" not in counts and "3 transcripts with" in counts
    study = Study(tmp_path / "study")
    study.write_draft("P01-1", ("[Person 1].",))
    assert "P01-1" in render_report(replace(facts, log=facts_from_log(study.log.events())))


def test_a_quorum_and_a_destroyed_key_are_told(facts: ReportFacts, tmp_path: Path):
    study = Study(tmp_path / "study")
    study.append(("vault_closed", {"quorum": 2, "custodians": 3}))
    closed = replace(facts, log=facts_from_log(study.log.events()))
    assert "Key" not in warned(closed)
    assert "2 of 3 custodians" in render_report(closed)
    study.append(("destroyed", {"generation": 3}))
    destroyed = {line.label: line for line in status_lines(replace(facts, log=facts_from_log(study.log.events())))}
    assert destroyed["Key"].words == "destroyed"
    assert "assessed again" in destroyed["Key to be destroyed"].words


def test_a_study_with_nothing_in_it_has_a_report(tmp_path: Path):
    study = Study(tmp_path / "study")
    log = facts_from_log(study.log.events())
    html = render_report(ReportFacts(log, verify(study.path), "deid-anchor-1 …", date(2026, 3, 2)))
    assert "NOT anchored" in html and "Nothing has been released" in html


def test_problems_are_told_in_the_report(study: Study, facts: ReportFacts):
    draft = study.drafts / "P01-1_draft.txt"
    before = draft.read_bytes()
    draft.write_bytes(before + b"more")
    try:
        html = render_report(replace(facts, found=verify(study.path, drafts=study.drafts)))
    finally:
        draft.write_bytes(before)
    assert "does not add up" in html and "P01-1_draft.txt" in html


def test_a_pdf_needs_its_extra(html: str):
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        with pytest.raises(AskedWrongly, match="WeasyPrint"):
            to_pdf(html)
    else:
        assert to_pdf(html).startswith(b"%PDF")


def test_the_verify_page_loads_nothing_and_knows_every_meaning_it_tells():
    page = verify_page().decode("utf-8")
    assert not re.search(r"https?://|\simport\s", page)
    assert "connect-src 'none'" in page and "innerHTML" not in page
    known = set(re.findall(r"^  (\w+): \"", page, re.MULTILINE))
    assert set(re.findall(r'tell\("(\w+)"', page)) <= known


def test_a_re_reading_says_what_it_means_for_the_whole(html: str) -> None:
    """One detail in 2,400 words: Wilson's interval, in words for a board."""
    assert "between 0.07 and 2.36 in a thousand words of the whole text" in html
