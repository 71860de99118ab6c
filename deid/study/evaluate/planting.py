"""Samples of every format with an invented surname planted in each place that can hold one. For `deid selftest`.

A builder gets `at`, which it calls with the name of a place and which returns the word to plant there.
"""

# ruff: noqa: E501  (markup is easier to read when a tag is not cut)
import base64
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

At = Callable[[str], str]

_OFFICE = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_QDA = "urn:QDA-XML:project:1.0"
_GUID = "0000000{}-0000-4000-8000-000000000000"
# One white pixel.
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def txt(at: At) -> bytes:
    return (
        f"Interview with {at('heading')}\n\n{at('speaker label')}: I told Mrs {at('speech')} so.\n"
        f"INT: [{at('notation')} laughs] Right.\n"
    ).encode()


def md(at: At) -> bytes:
    return (
        f"---\nauthor: {at('front matter')}\n---\n# With {at('heading')}\n\n**INT:** Did {at('speech')} go?\n\n"
        f"**P02:** [{at('link text')}](https://files.example/{at('link target')}) and ![{at('picture')}](x.png).\n"
        f"\n<!-- {at('remark')} -->\n"
    ).encode()


def vtt(at: At) -> bytes:
    return (
        f'WEBVTT {at("header")}\n\nNOTE {at("note")}\n\nSTYLE\n::cue(v[voice="{at("style sheet")}"]) {{ color: lime }}\n\n'
        f"{at('cue name')}\n00:00:01.000 --> 00:00:02.000\n<v {at('voice')}>I told {at('speech')}.</v>\n"
    ).encode()


def srt(at: At) -> bytes:
    return (
        f"1\n00:00:01,000 --> 00:00:02,000\n{at('speaker label')}: I told <i>{at('speech')}</i>.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nINT: Right.\n"
    ).encode()


def csv(at: At) -> bytes:
    return (
        f'Speaker,Time,Text,{at("head of a column")}\r\n{at("speaker")},00:00:01,"I told ""{at("quoted cell")}""",x\r\n'
        f'P02,00:00:04,and {at("plain cell")},"=HYPERLINK(""http://{at("formula")}.example"")"\r\n'
    ).encode()


def json(at: At) -> bytes:
    return (
        f'{{"title": "{at("title")}", "{at("key")}": "x", "segments": [{{"start": 0.5, "speaker": "{at("speaker")}",'
        f' "text": " I told \\"{at("speech")}\\".", "words": [{{"word": "{at("word list")}"}}]}},'
        f' {{"start": 2, "speaker": "INT", "text": " Right."}}], "audio": {{"path": "C:\\\\{at("path")}.wav"}}}}\n'
    ).encode()


def textgrid(at: At) -> bytes:
    tiers = [(at("tier name"), at("label")), (at("second tier") + " phones", at("phone tier"))]
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", "xmax = 2", "tiers? <exists>"]
    lines += [f"size = {len(tiers)}", "item []:"]
    for number, (name, label) in enumerate(tiers, 1):
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        lines += ["        xmin = 0", "        xmax = 2", "        intervals: size = 1", "        intervals [1]:"]
        lines += ["            xmin = 0", "            xmax = 2", f'            text = "I told ""{label}"""']
    return ("\n".join(lines) + "\n").encode("utf-16")


def cha(at: At) -> bytes:
    code = at("speaker code")
    return (
        f"@UTF8\n@Begin\n@Languages:\teng\n@Participants:\t{code} {at('name of a participant')} Participant, INV Investigator\n"
        f"@ID:\teng|{at('corpus')}|{code}|34;|female|{at('group')}||Participant|{at('education')}|{at('custom field')}|\n"
        f"@ID:\teng|x|INV|||||Investigator|||\n@Media:\t{at('media name')}, audio\n@Comment:\t{at('comment')} comes in\n"
        f"*{code}:\tI told {at('speech')} so . \x15100_900\x15\n%mor:\tn:prop|{at('aligned tier')} .\n"
        f'%com:\t{at("dependent tier")} laughs\n*INV:\tyes . \x15%snd:"{at("media name in a time mark")}"_1000_1100\x15\n@End\n'
    ).encode()


def eaf(at: At) -> bytes:
    tier, kind, words = at("tier"), at("type"), at("vocabulary")
    return (
        f'{_HEAD}<ANNOTATION_DOCUMENT AUTHOR="{at("author")}" DATE="2024-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">'
        f'<!-- {at("remark")} --><LICENSE>{at("licence")}</LICENSE><HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">'
        f'<MEDIA_DESCRIPTOR MEDIA_URL="file:///{at("media")}.wav" MIME_TYPE="audio/x-wav"/>'
        f'<LINKED_FILE_DESCRIPTOR LINK_URL="file:///{at("linked file")}" MIME_TYPE="x/y"/>'
        f'<PROPERTY NAME="URN">{at("property")}</PROPERTY></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1"/>'
        '<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="9"/></TIME_ORDER>'
        f'<TIER ANNOTATOR="{at("annotator")}" PARTICIPANT="{at("participant")}" LINGUISTIC_TYPE_REF="{kind}" TIER_ID="{tier}">'
        '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2"><ANNOTATION_VALUE>'
        f"I told {at('annotation')}.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
        f'<TIER LINGUISTIC_TYPE_REF="{kind}" PARENT_REF="{tier}" TIER_ID="notes"/>'
        f'<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="{kind}" CONTROLLED_VOCABULARY_REF="{words}"/><CONTROLLED_VOCABULARY CV_ID="{words}">'
        f'<CV_ENTRY_ML CVE_ID="c1"><CVE_VALUE DESCRIPTION="{at("description of an entry")}">{at("entry")}</CVE_VALUE>'
        "</CV_ENTRY_ML></CONTROLLED_VOCABULARY></ANNOTATION_DOCUMENT>"
    ).encode()


def odt(at: At) -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
        for prefix, name in {
            "office": "office", "text": "text", "draw": "drawing", "table": "table", "style": "style", "meta": "meta",
            "svg": "svg-compatible", "form": "form",
        }.items()
    )  # fmt: skip
    spaces += (
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
    )
    style = at("name of a style")
    deleted = f"<text:deletion><text:p>{at('tracked deletion')}</text:p></text:deletion>"
    first, second = at("split over spans"), at("table cell")
    body = (
        f'<text:tracked-changes><text:changed-region text:id="c1">{deleted}</text:changed-region></text:tracked-changes>'
        f'<text:user-field-decls><text:user-field-decl text:name="{at("variable")}" office:value-type="string"'
        f' office:string-value="{at("value of a variable")}"/></text:user-field-decls>'
        f'<text:h>With {at("heading")}</text:h><text:p text:style-name="{style}">INT: Did you tell {at("speech")}?'
        f'<text:change text:change-id="c1"/><office:annotation><dc:creator>{at("author of a comment")}</dc:creator>'
        f"<text:p>{at('comment')}</text:p></office:annotation></text:p>"
        f"<text:p>P02: <text:span>{first[:3]}</text:span><text:span>{first[3:]}</text:span> and<text:tab/>"
        f'<text:a xlink:href="https://files.example/{at("web link")}?of={at("query of a link")}" office:name="{at("name of a link")}">'
        f'{at("link text")}</text:a><text:a xlink:href="mailto:{at("mail link")}@mail.example">mail</text:a>'
        f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"<text:p>{at('footnote')}</text:p></text:note-body></text:note>"
        f'<text:bookmark text:name="{at("bookmark")}"/><text:author-name>{at("field")}</text:author-name></text:p>'
        f'<text:section text:name="{at("name of a section")}"><text:p>P02: go on</text:p></text:section>'
        f'<text:section text:name="s" text:display="none"><text:p>{at("hidden section")}</text:p></text:section>'
        f'<text:p><draw:frame draw:name="{at("name of a picture")}"><draw:image xlink:href="Pictures/{at("file of a picture")}.png"/>'
        f"<svg:title>{at('title of a picture')}</svg:title><svg:desc>{at('description of a picture')}</svg:desc></draw:frame></text:p>"
        f"<text:p><draw:frame><draw:text-box><text:p>{at('text box')}</text:p></draw:text-box>"
        f"<svg:desc>{at('description of a box')}</svg:desc></draw:frame></text:p>"
        f'<table:table table:name="{at("name of a table")}"><table:table-row><table:table-cell office:value-type="string"'
        f' office:string-value="{second}"><text:p>{second}</text:p></table:table-cell></table:table-row></table:table>'
    )
    content = (
        f'{_HEAD}<office:document-content {spaces}><office:automatic-styles><style:style style:name="{style}"'
        f' style:family="paragraph"/></office:automatic-styles><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    styles = (
        f'{_HEAD}<office:document-styles {spaces}><office:master-styles><style:master-page style:name="Standard"><style:header>'
        f"<text:p>{at('header')}</text:p></style:header><style:footer><text:p>{at('footer')}</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    meta = f"{_HEAD}<office:document-meta {spaces}><office:meta><dc:title>{at('properties')}</dc:title></office:meta></office:document-meta>"
    kind = "application/vnd.oasis.opendocument.text"
    picture = f"Pictures/{at('name of a file inside')}.png"
    return _pack(
        {"mimetype": kind, "content.xml": content, "styles.xml": styles, "meta.xml": meta,
         "settings.xml": f"{_HEAD}<x>{at('settings')}</x>", "Thumbnails/thumbnail.png": _PNG, picture: _PNG}
    )  # fmt: skip


def xlsx(at: At) -> bytes:
    main, relations = f"{_OFFICE}/spreadsheetml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
    rich = at("rich text")
    strings = [
        "<si><t>Speaker</t></si>", "<si><t>Text</t></si>", f"<si><t>{at('speaker')}</t></si>",
        f"<si><r><t>I told {rich[:3]}</t></r><r><rPr><b/></rPr><t>{rich[3:]} so</t></r><rPh><t>{at('reading aid')}</t></rPh></si>",
        f"<si><t>{at('hidden row')}</t></si>",
    ]  # fmt: skip
    rows = [
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c>'
        f'<c r="C2" t="str"><f>HYPERLINK("http://{at("formula")}.example")</f><v>{at("value of a formula")}</v></c></row>',
        '<row r="3" hidden="1"><c r="A3" t="s"><v>4</v></c><c r="B3" t="inlineStr"><is>'
        f"<t>and {at('inline text')}</t></is></c></row>",
    ]
    sheet = (
        f'{_HEAD}<worksheet xmlns="{main}" xmlns:r="{relations}"><sheetData>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="{at("filter")}"/></filters></filterColumn></autoFilter>'
        f'<dataValidations count="1"><dataValidation sqref="A2" type="list" prompt="{at("prompt")}"><formula1>"{at("allowed values")}"'
        '</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A2" r:id="rId9"'
        f' tooltip="{at("tooltip")}"/></hyperlinks><headerFooter><oddHeader>&amp;L{at("header")}&amp;CPage &amp;P</oddHeader>'
        f'<oddFooter>&amp;"Arial,Bold"&amp;R{at("footer")}</oddFooter></headerFooter><drawing r:id="rId3"/></worksheet>'
    )
    links = (
        f'<Relationship Id="rId1" Type="{relations}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="rId9" Type="{relations}/hyperlink" Target="mailto:{at("link target")}@x.example" TargetMode="External"/>'
        f'<Relationship Id="rId3" Type="{relations}/drawing" Target="../drawings/drawing1.xml"/>'
    )
    comments = (
        f'{_HEAD}<comments xmlns="{main}"><authors><author>{at("author of a comment")}</author></authors><commentList>'
        f'<comment ref="A2" authorId="0"><text><r><t>{at("comment")}</t></r></text></comment></commentList></comments>'
    )
    book = (
        f'{_HEAD}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="{at("name of a sheet")}" sheetId="1" r:id="rId1"/>'
        f'</sheets><definedNames><definedName name="{at("defined name")}">Sheet1!$A$1</definedName></definedNames></workbook>'
    )
    styles = (
        f'{_HEAD}<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="200" formatCode="0 &quot;{at("number format")}&quot;"/>'
        '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs><cellStyles count="2">'
        f'<cellStyle name="Normal" xfId="0" builtinId="0"/><cellStyle name="{at("name of a style")}" xfId="0"/></cellStyles></styleSheet>'
    )
    return _pack({
        "[Content_Types].xml": _types({"xl/workbook.xml": "spreadsheetml.sheet.main"}),
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _relations(
            f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{relations}/styles" Target="styles.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": _relations(links),
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{main}">{"".join(strings)}</sst>',
        "xl/styles.xml": styles,
        "xl/comments1.xml": comments,
        "xl/drawings/drawing1.xml": f"{_HEAD}<x>{at('drawing')}</x>",
        "docProps/core.xml": f"{_HEAD}<x>{at('properties')}</x>",
        "xl/persons/person.xml": f"{_HEAD}<x>{at('list of people')}</x>",
    })  # fmt: skip


def docx(at: At) -> bytes:
    word, relations = f"{_OFFICE}/wordprocessingml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
    spaces = f'xmlns:w="{word}" xmlns:r="{relations}" xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing"'
    split = at("split over runs")

    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    body = (
        f"<w:p>{run('INT: Did you tell ' + at('speech') + '?')}</w:p>"
        f'<w:p>{run("P02: " + split[:3])}{run(split[3:] + " did. ")}<w:hyperlink r:id="rId1" w:tooltip="{at("tooltip")}">'
        f'{run(at("link text"))}</w:hyperlink><w:del w:id="1" w:author="{at("author of a deletion")}"><w:r><w:delText>'
        f'{at("tracked deletion")}</w:delText></w:r></w:del><w:ins w:id="2" w:author="{at("author of an insertion")}">'
        f"{run(at('tracked insertion'))}</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>{at('hidden text')}</w:t></w:r>"
        f'<w:bookmarkStart w:id="3" w:name="{at("bookmark")}"/><w:bookmarkEnd w:id="3"/>'
        f'<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f'<w:p><w:fldSimple w:instr="AUTHOR {at("field code")}">{run(at("field result"))}</w:fldSimple></w:p>'
        f'<w:p><w:sdt><w:sdtPr><w:alias w:val="{at("title of a control")}"/></w:sdtPr><w:sdtContent>{run(at("content control"))}'
        f"</w:sdtContent></w:sdt></w:p><w:tbl><w:tr><w:tc><w:p>{run(at('table cell'))}</w:p></w:tc></w:tr></w:tbl>"
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>'
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [("header", "header1.xml"), ("comments", "comments.xml"), ("footnotes", "footnotes.xml"), ("settings", "settings.xml"),
             ("customXml", "../customXml/item1.xml")], 2
        )
    )  # fmt: skip
    links += f'<Relationship Id="rId1" Type="{relations}/hyperlink" Target="mailto:{at("link target")}@x.example" TargetMode="External"/>'
    comment = f'<w:comment w:id="0" w:author="{at("author of a comment")}"><w:p>{run(at("comment"))}</w:p></w:comment>'
    return _pack({
        "[Content_Types].xml": _types({"word/document.xml": "wordprocessingml.document.main"}),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_OFFICE}/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": f"{_HEAD}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(links),
        "word/header1.xml": f"{_HEAD}<w:hdr {spaces}><w:p>{run(at('header'))}</w:p></w:hdr>",
        "word/comments.xml": f"{_HEAD}<w:comments {spaces}>{comment}</w:comments>",
        "word/footnotes.xml": f'{_HEAD}<w:footnotes {spaces}><w:footnote w:id="2"><w:p>{run(at("footnote"))}</w:p></w:footnote></w:footnotes>',
        "word/settings.xml": f'{_HEAD}<w:settings {spaces}><w:docVars><w:docVar w:name="n" w:val="{at("document variable")}"/></w:docVars></w:settings>',
        "customXml/item1.xml": f"{_HEAD}<x>{at('custom XML')}</x>",
        "docProps/core.xml": f"{_HEAD}<x>{at('properties')}</x>",
    })  # fmt: skip


def qdpx(at: At) -> bytes:
    text = f"INT: Did you tell {at('text')}?\r\nP02: No, and nor did she.\r\n"
    start = text.index("nor did she")
    inner, note = at("content of a note"), at("text of a second source")
    quoted = text.index("tell ")
    project = (
        f'{_HEAD}<Project xmlns="{_QDA}" name="{at("name of the project")}" origin="x" basePath="C:\\{at("path")}"><Users>'
        f'<User guid="{_GUID.format(1)}" name="{at("user")}" id="{at("initials of a user")}"/></Users><CodeBook><Codes>'
        f'<Code guid="{_GUID.format(2)}" name="{at("code")}" isCodable="true"><Description>{at("description of a code")}</Description></Code>'
        f'</Codes></CodeBook><Variables><Variable guid="{_GUID.format(3)}" name="{at("variable")}" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{_GUID.format(4)}" name="{at("case")}"><VariableValue><VariableRef targetGUID="{_GUID.format(3)}"/>'
        f"<TextValue>{at('value')}</TextValue></VariableValue></Case></Cases><Sources>"
        f'<TextSource guid="{_GUID.format(5)}" name="{at("name of a source")}" plainTextPath="internal://{_GUID.format(5)}.txt"'
        f' richTextPath="internal://{_GUID.format(5)}.docx"><Description>{at("description of a source")}</Description>'
        f'<PlainTextSelection guid="{_GUID.format(6)}" name="{text[quoted : quoted + 12]}" startPosition="{quoted}" endPosition="{quoted + 12}"/>'
        f'<PlainTextSelection guid="{_GUID.format(7)}" name="{at("name of a coding")}" startPosition="{start}" endPosition="{start + 11}"/>'
        f'</TextSource><TextSource guid="{_GUID.format(8)}" name="x" plainTextPath="internal://{at("name of a file")}.txt"/>'
        f'<PictureSource guid="{_GUID.format(9)}" name="{at("name of a picture")}" path="internal://{at("file of a picture")}.png"'
        f' currentPath="absolute:///home/{at("path of a picture")}.png"/></Sources><Notes><Note guid="{_GUID.format(0)}" name="{at("name of a note")}">'
        f"<PlainTextContent>{inner} came in.</PlainTextContent></Note></Notes></Project>"
    )
    places: dict[str, str] = {}
    twin = docx(lambda place: places.setdefault(place, at(f"rich copy, {place}")))
    second = project.split('plainTextPath="internal://')[2].partition(".txt")[0]
    picture = project.split(' path="internal://')[1].partition('"')[0]
    return _pack({
        "project.qde": project,
        f"Sources/{_GUID.format(5)}.txt": "\ufeff" + text,
        f"Sources/{_GUID.format(5)}.docx": twin,
        f"Sources/{second}.txt": f"P03: That was {note}.\n",
        f"Sources/{picture}": _PNG,
    })  # fmt: skip


def rtf(at: At) -> bytes:
    split = at("split over runs")
    return (
        "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}{\\info{\\author "
        + at("author")
        + "}{\\title "
        + at("title")
        + "}}"
        "{\\header " + at("header") + "\\par}\\pard INT: Did you tell " + at("speech") + "?\\par "
        "P02: {\\b " + split[:3] + "}{\\i " + split[3:] + "} did.{\\footnote " + at("footnote") + "}\\par "
        "P02: {\\v " + at("hidden text") + "}go on\\par}"
    ).encode()


def pdf(at: At) -> bytes:
    lines = [f"INT: Did you tell {at('page')}?", f"P02: Yes, and {at('second line')} too."]
    shown = "".join(f"BT /F1 12 Tf 72 {720 - 20 * number} Td ({line}) Tj ET\n" for number, line in enumerate(lines))
    covered = f"BT /F1 12 Tf 72 600 Td ({at('under a black box')}) Tj ET\n0 0 0 rg 60 590 400 30 re f\n"
    stream = zlib.compress((shown + covered).encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
        b" /Annots [8 0 R] >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        f"<< /Title ({at('outline')}) /Parent 6 0 R /Dest [3 0 R /Fit] >>".encode(),
        f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({at('annotation')}) /T ({at('author of an annotation')}) >>".encode(),
        f"<< /Author ({at('author')}) /Title ({at('title')}) >>".encode(),
    ]
    output, places = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info 9 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(output))
    return output + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


BUILDERS: Mapping[str, Callable[[At], bytes]] = MappingProxyType({
    "txt": txt, "md": md, "docx": docx, "odt": odt, "rtf": rtf, "pdf": pdf, "vtt": vtt, "srt": srt, "csv": csv, "xlsx": xlsx,
    "json": json, "qdpx": qdpx, "eaf": eaf, "textgrid": textgrid, "cha": cha,
})  # fmt: skip


def _pack(files: Mapping[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as container:
        for name, data in files.items():
            container.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data)
    return output.getvalue()


def _types(parts: Mapping[str, str]) -> str:
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    default += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">{default}{kinds}</Types>'


def _relations(links: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{links}</Relationships>'
