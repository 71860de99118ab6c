"""Word documents, with python-docx and LibreOffice as independent readers."""

import io
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import docx
from deid.model import Replacement, Segment, Span
from tests.formats import made_docx
from tests.formats.made_docx import CHANGE, field, package, paragraph, picture, png, run, simple, story, table

FORMATS = Formats()


def read(source: bytes, settings: Formats = FORMATS) -> list[tuple[str, int, str]]:
    return [(one.kind, one.turn, one.text) for one in docx.read(source, settings)]


def replaced(source: bytes, old: str, new: str, settings: Formats = FORMATS) -> bytes:
    segments = docx.read(source, settings)
    found = tuple(
        Replacement(Span(index, one.start(), one.end()), new, "pseudonymisation")
        for index, segment in enumerate(segments)
        for one in re.finditer(re.escape(old), segment.text)
    )
    assert found
    return docx.write(source, found, settings)


def part(output: bytes, name: str = "word/document.xml") -> str:
    return dict(docx.parts(output))[name]


def opened(output: bytes) -> "python_docx.document.Document":
    return python_docx.Document(io.BytesIO(output))


def test_a_name_split_over_runs_keeps_their_formatting() -> None:
    source = simple(
        paragraph("P1: ", run("Ja", "<w:b/>"), run("ne Smi", "<w:b/><w:i/>"), run("thson", "<w:i/>"), " left.")
    )
    after = opened(replaced(source, "Jane Smithson", "[Anna]")).paragraphs[0]
    assert [(one.text, bool(one.bold), bool(one.italic)) for one in after.runs] == [
        ("P1: ", False, False), ("[Anna]", True, False), ("", True, True), ("", False, True), (" left.", False, False),
    ]  # fmt: skip


def test_tabs_and_breaks_are_characters() -> None:
    source = simple("<w:p><w:r><w:t>Jo</w:t><w:tab/><w:t>Wren</w:t><w:br/><w:t>left</w:t></w:r></w:p>")
    assert read(source) == [("speech", 1, "Jo\tWren\nleft")]
    assert read(replaced(source, "Jo\tWren", "X")) == [("speech", 1, "X\nleft")]
    assert read(replaced(source, "\tWren", "X")) == [("speech", 1, "JoX\nleft")]


def test_label_layouts() -> None:
    bold = paragraph(run("RP:", "<w:b/>"), " Yes?")
    tabs = [paragraph("MT", "<w:r><w:tab/></w:r>", said) for said in ("No.", "Never.")]
    assert [kind for kind, _, _ in read(simple(bold, *tabs))] == ["speaker", "speech"] * 3
    teams = paragraph(run("Wren, Joanne (KCC)", "<w:b/>"), "   0:03", "<w:r><w:br/><w:t>Hello.</w:t></w:r>")
    assert [(one.kind, one.text, one.timecode) for one in docx.read(simple(teams), FORMATS)] == [
        ("speaker", "Wren, Joanne (KCC)", "0:03"), ("speech", "Hello.", "0:03"),
    ]  # fmt: skip


def test_a_transcription_service_table_is_read_as_turns() -> None:
    source = made_docx.made()["table.docx"]
    segments = [one for one in docx.read(source, FORMATS) if one.turn]
    assert [(one.kind, one.turn, one.text) for one in segments[:4]] == [
        ("speaker", 1, "IO"), ("speech", 1, "Who are you?"),
        ("speaker", 2, "CC"), ("speech", 2, "Corwen Canarydale, from Canary Row."),
    ]  # fmt: skip
    assert segments[3].timecode == "00:00:04"


def test_a_table_without_heads_needs_speakers_that_come_back() -> None:
    talk = [("IO", "Who are you then?"), ("CC", "I am Corwen.")] * 3
    assert {kind for kind, _, _ in read(simple(table(*talk))) if kind != "alt_text"} == {"speaker", "speech"}
    facts = [("Date", "4 May"), ("Place", "Wrexcombe"), ("Name", "Corwen"), ("Role", "Nurse"), ("Team", "East")]
    assert {kind for kind, _, _ in read(simple(table(*facts), "INT: Hi."))} >= {"cell"}


@pytest.mark.parametrize(("policy", "words"), [("accept", "P1: She met Ann."), ("keep", "P1: She met Ann.")])
def test_deleted_text_never_survives(policy: str, words: str) -> None:
    deleted = f"<w:del {CHANGE}><w:r><w:delText>saw Bob</w:delText></w:r></w:del>"
    source = simple(paragraph("P1: She ", deleted, f"<w:ins {CHANGE}>{run('met Ann.')}</w:ins>"))
    settings = Formats(tracked_changes=policy)
    output = docx.write(source, (), settings)
    assert " ".join(text for _, _, text in read(output, settings)) == words.replace(":", "")
    for _, text in docx.parts(output):
        assert "Bob" not in text
        assert "Imani" not in text
        assert "2023" not in text
    assert ("w:ins" in part(output)) is (policy == "keep")


def test_tracked_changes_can_be_refused() -> None:
    source = simple(paragraph("P1: ", f"<w:ins {CHANGE}>{run('met Ann.')}</w:ins>"))
    with pytest.raises(FormatError, match="1 tracked changes"):
        docx.read(source, Formats(tracked_changes="refuse"))


def test_deleted_paragraph_ends_join_and_deleted_rows_go() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:del {CHANGE}/></w:rPr></w:pPr>{run('P1: one ')}</w:p>"
    assert read(simple(gone, gone.replace("P1: one", "two"), paragraph("three"))) == [
        ("speaker", 1, "P1"), ("speech", 1, "one two three"),
    ]  # fmt: skip


def test_both_copies_of_a_text_box_change_and_it_is_read_once() -> None:
    source = simple(paragraph("P1: Look ", made_docx.text_box()))
    assert [text for kind, _, text in read(source) if kind == "note"] == ["Box: ring Canary on Friday"]
    xml = part(replaced(source, "Canary", "[Person 7]"))
    assert len(re.findall(r"Box: ring \[Person 7\]", re.sub(r"<[^>]+>", "", xml))) == 2


def test_a_second_copy_that_differs_is_dropped() -> None:
    box = made_docx.text_box()
    at = box.rindex("Box: ring")
    source = simple(paragraph("P1: Look ", box[:at] + "Bax: ring" + box[at + 9 :]))
    assert "second copies that differ (1)" in docx.dropped(source, FORMATS)
    assert "Bax" not in part(docx.write(source, (), FORMATS))


def test_safe_fields_stay_and_others_become_their_text() -> None:
    codes = [
        " PAGE ",
        ' TOC \\o "1-3" \\h \\z \\u ',
        ' AUTHOR "Jo" ',
        ' HYPERLINK "https://wren.example/jo" ',
        " DATE ",
    ]
    output = docx.write(simple(paragraph(*(field(code.replace('"', "&quot;"), "x") for code in codes))), (), FORMATS)
    assert re.findall(r"<w:instrText[^>]*> (\w+)", part(output)) == ["PAGE", "TOC"]
    assert read(output) == [("speech", 1, "xxxxx")]


def test_nested_and_broken_fields_lose_their_code() -> None:
    inner = field(" MERGEFIELD Jo ", "inner")
    nested = field(f' IF </w:instrText></w:r>{inner}<w:r><w:instrText xml:space="preserve"> = 1 ', "shown")
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> Jo </w:instrText></w:r>'
    output = docx.write(simple(paragraph(nested, " and ", broken)), (), FORMATS)
    assert "Jo" not in part(output)
    assert "fldChar" not in part(output)
    assert read(output) == [("speech", 1, "shown and")]


def test_web_links_keep_their_path_and_lose_their_query() -> None:
    rels = made_docx.relations(
        ("rIdA", "hyperlink", "https://ann:pw@wren.example/jo%20wren?q=jo#jo", True),
        ("rIdB", "hyperlink", "file:///C:/Users/jo/a.docx", True),
    )
    links = [f'<w:hyperlink r:id="{name}">{run(name)}</w:hyperlink>' for name in ("rIdA", "rIdB")]
    source = package({
        "word/document.xml": story("document", f"<w:body>{paragraph(*links)}</w:body>"),
        "word/_rels/document.xml.rels": rels,
    })  # fmt: skip
    assert ("link", 0, "https://wren.example/jo wren") in read(source)
    output = replaced(source, "https://wren.example/jo wren", "[Web address 1]")
    assert 'Target="%5BWeb%20address%201%5D"' in part(output, "word/_rels/document.xml.rels")
    assert "Users" not in part(output, "word/_rels/document.xml.rels")
    assert ("link", 0, "[Web address 1]") in read(docx.write(output, (), FORMATS))


def test_pictures_leave_a_mark_and_avatars_none() -> None:
    rels = made_docx.relations(("rIdImage", "image", "media/canary.png", False))
    parts = {
        "word/document.xml": story(
            "document", "<w:body>" + paragraph("P1: ", picture(), picture(200_000)) + "</w:body>"
        ),
        "word/_rels/document.xml.rels": rels,
        "word/media/canary.png": png(),
    }
    assert read(package(parts))[1] == ("speech", 1, "[image removed]")
    assert docx.dropped(package(parts), FORMATS)[-2:] == ("files of pictures (1)", "places of pictures (2)")


def test_kept_pictures_are_drawn_again() -> None:
    pytest.importorskip("PIL")
    rels = made_docx.relations(("rIdImage", "image", "media/canary.png", False))
    cropped = picture(extra='<a:srcRect l="10"/>')
    parts = {
        "word/document.xml": story("document", "<w:body>" + paragraph("P1: ", picture(), cropped) + "</w:body>"),
        "word/_rels/document.xml.rels": rels,
        "word/media/canary.png": png(b"Author: Canary"),
    }
    keep = Formats(images="keep")
    output = replaced(package(parts), "Canary", "[Person 7]", keep)
    assert len(opened(output).inline_shapes) == 1
    with zipfile.ZipFile(io.BytesIO(output)) as container:
        data = container.read("word/media/image1.png")
    assert b"Canary" not in data
    assert data[:4] == b"\x89PNG"
    assert docx.write(output, (), keep) == output


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"word/document.xml": story("document", '<w:body><w:altChunk r:id="x"/></w:body>')}, "altChunk"),
        ({"word/document.xml": b"<w:document"}, "not well-formed"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}, "document type"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a/>'}, "document type"),
        ({"word/document.xml": b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}, "Strict"),
        ({"word/document.xml": b"\x00\x01"}, "part"),
        (
            {"_rels/.rels": made_docx.relations(("rId1", "officeDocument", "word/none.xml", False))},
            "not a Word document",
        ),
        ({"[Content_Types].xml": b"<Types/>"}, None),
    ],
)
def test_unsafe_documents_are_refused(change: dict[str, bytes], message: str | None) -> None:
    parts = {"word/document.xml": story("document", f"<w:body>{paragraph('P1: Hi.')}</w:body>")} | change
    if message is None:
        assert docx.read(package(parts), FORMATS)
        return
    with pytest.raises(FormatError, match=message) as caught:
        docx.read(package(parts), FORMATS)
    assert "passwd" not in f"{caught.value}"


def test_macros_are_refused() -> None:
    parts = {"word/document.xml": story("document", f"<w:body>{paragraph('P1: Hi.')}</w:body>")}
    macro = {"[Content_Types].xml": (
        f'<Types xmlns="{made_docx.OFFICE}/package/2006/content-types"><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    ).encode()}  # fmt: skip
    with pytest.raises(FormatError, match="macros"):
        docx.read(package(parts | macro), FORMATS)


def test_what_is_dropped_is_said_without_its_words() -> None:
    said = docx.dropped(made_docx.leaky(), FORMATS)
    assert len(said) >= 30
    assert not any("canary" in line.lower() for line in said)
    assert all(re.fullmatch(r"[\w ,()%]+ \(\d+\)", line) for line in said)


def test_the_zip_says_nothing_of_time_and_place() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(made_docx.leaky(), (), FORMATS))) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert container.comment == b""
        assert all(re.fullmatch(r"[\w./\[\]-]+", name) for name in container.namelist())


def test_custom_styles_keep_their_look_under_a_numbered_id() -> None:
    styles = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="JoNotes"><w:name w:val="Jo Notes"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    source = package({
        "word/document.xml": story("document", f"<w:body>{paragraph('P1: Hi.', style='JoNotes')}</w:body>"),
        "word/_rels/document.xml.rels": made_docx.relations(("rId1", "styles", "styles.xml", False)),
        "word/styles.xml": story("styles", styles),
    })  # fmt: skip
    assert ("property", 0, "Jo Notes") in read(source)
    output = replaced(source, "Jo Notes", "[Person 1] notes")
    style = opened(output).paragraphs[0].style
    assert (style.name, style.font.bold) == ("[Person 1] notes", True)
    assert "JoNotes" not in part(output) + part(output, "word/styles.xml")


def test_python_docx_reads_the_cleaned_document() -> None:
    document = opened(docx.write(made_docx.leaky(), (), FORMATS))
    assert document.paragraphs[0].style.name.lower() == "heading 1"
    assert document.paragraphs[2].text == "CC: I’m Corwen Canarydale, hello.Mark"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Participant", "Corwen Canarydale"]
    assert document.sections[0].header.paragraphs[0].text.startswith("Confidential: Canary")
    assert [comment.author for comment in document.comments] == ["Author 1"]


def test_a_document_of_500_pages_takes_seconds() -> None:
    words = "I was at the school with Corwen and he said that the police would come. " * 6
    pieces = [
        paragraph(run("P02:", "<w:b/>"), *(run(" " + words[at : at + 40]) for at in range(0, 400, 40)))
        for _ in range(3000)
    ]
    start = time.process_time()
    segments: tuple[Segment, ...] = docx.read(simple(*pieces), FORMATS)
    assert time.process_time() - start < 10
    assert len(segments) == 6000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_cleaned_document(tmp_path: Path) -> None:
    file = tmp_path / "leaky.docx"
    file.write_bytes(replaced(made_docx.leaky(), "Canary", "[Person 7]"))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to"]
    subprocess.run([*command, "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(file)], check=True, timeout=120)
    text = (tmp_path / "leaky.txt").read_text(encoding="utf-8-sig")
    assert "CC: I’m Corwen [Person 7]dale, hello." in text
    assert "[image removed]" in text
    assert "hidden" not in text
