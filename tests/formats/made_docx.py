"""Word files made from bare parts, with a name in every place that can hold one. "Canary" marks each of them."""

import io
import zipfile
import zlib
from struct import pack

OFFICE = "http://schemas.openxmlformats.org"
W = f"{OFFICE}/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": W,
        "r": RELATIONS,
        "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
        "a": f"{OFFICE}/drawingml/2006/main",
        "pic": f"{OFFICE}/drawingml/2006/picture",
        "c": f"{OFFICE}/drawingml/2006/chart",
        "m": f"{OFFICE}/officeDocument/2006/math",
        "mc": f"{OFFICE}/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "canary": "http://canarydale.example/schema",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblCaption w:val="Canary\'s facts"/></w:tblPr><w:tblGrid/>{cells}</w:tbl>'


def field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(size: int = 3_000_000, relation: str = "rIdImage", extra: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline distT="0"><wp:extent cx="{size}" cy="{size}"/>'
        '<wp:docPr id="1" name="canary.png" descr="Canary at her desk" title="Canary">'
        '<a:hlinkClick r:id="rIdMail" tooltip="Canary"/></wp:docPr><a:graphic>'
        f'<a:graphicData uri="{OFFICE}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="canary.png" descr="Canary"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/>{extra}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png(note: bytes = b"Canary was here") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\x00\xff\x80\x00\x00\x80\xff" * 2)
    head = chunk(b"IHDR", pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"tEXt", b"Author\x00" + note)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def text_box() -> str:
    inside = paragraph("Box: ring Can", run("ary", "<w:b/>"), " on Friday")
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="9" cy="9"/><wp:docPr id="7" name="Canary box" descr="A box for Canary"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvPr id="8" name="Canary"/><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"/></wps:spPr>'
        f'<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr rot="0"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape id="Canary" style="width:90pt;height:20pt" alt="A box for Canary" title="Canary" href="canary.htm" '
        f'o:gfxdata="Q2FuYXJ5"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


CHART = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="3" name="Canary"/><a:graphic>'
    f'<a:graphicData uri="{OFFICE}/drawingml/2006/chart"><c:chart r:id="rIdChart"/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
OBJECT = '<w:r><w:object><v:shape alt="Canary"/><o:OLEObject ProgID="Excel.Sheet" r:id="rIdObject"/></w:object></w:r>'
WATERMARK = '<w:r><w:pict><v:shape style="width:9pt"><v:textpath string="FOR CANARY ONLY"/></v:shape></w:pict></w:r>'
CHANGE = 'w:id="5" w:author="Imani Canary" w:date="2023-02-14T09:00:00Z"'


def leaky_body() -> str:
    return "".join(
        (
            paragraph("Interview 3: Corwen Canarydale", style="Heading1"),
            table(("Participant", "Corwen Canarydale"), ("Where", "Canary Row")),
            paragraph(run("IO:", "<w:b/>"), " Who ", field(' AUTHOR "Canary" ', "is Canary"), " then?"),
            paragraph(
                run("CC:", "<w:b/>"),
                " I’m ",
                run("Cor", "<w:b/>"),
                run("wen Can", "<w:b/><w:i/>"),
                run("arydale"),
                ", hello.",
                '<w:bookmarkStart w:id="1" w:name="Canary_quote"/>',
                "Mark",
                '<w:bookmarkEnd w:id="1"/>',
            ),
            paragraph(
                "IO: See ",
                '<w:hyperlink r:id="rIdWeb" w:tooltip="Canary\'s page" w:tgtFrame="canary" w:docLocation="Canary">',
                run("the board"),
                "</w:hyperlink> and ",
                '<w:hyperlink r:id="rIdMail">',
                run("mail Canary"),
                "</w:hyperlink>",
                '<w:hyperlink w:anchor="Canary_quote">',
                run(" above"),
                "</w:hyperlink>",
                '<w:hyperlink w:anchor="Canary_lost">',
                run(" below"),
                "</w:hyperlink>",
            ),
            paragraph(
                "CC: She ",
                f"<w:del {CHANGE}><w:r><w:delText>saw Canary</w:delText></w:r></w:del>",
                f"<w:ins {CHANGE}>{run('met Canaryford')}</w:ins>",
                f"<w:moveFrom {CHANGE}>{run('moved Canary')}</w:moveFrom>",
                f"<w:moveTo {CHANGE}>{run(' in May')}</w:moveTo>",
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden Canary</w:t></w:r>",
                '<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>hidden Canary</w:t></w:r>',
                f"<w:r><w:rPr><w:rPrChange {CHANGE}><w:rPr/></w:rPrChange></w:rPr><w:t>.</w:t></w:r>",
            ),
            paragraph("Its end is gone").replace("<w:p>", f"<w:p><w:pPr><w:rPr><w:del {CHANGE}/></w:rPr></w:pPr>"),
            paragraph(" and joined."),
            paragraph(
                "IO: ",
                field(' HYPERLINK "mailto:canary@canarydale.example" ', "write"),
                " on page ",
                field(" PAGE ", "3"),
                '<w:fldSimple w:instr=" FILENAME Canary.docx ">',
                run("a file"),
                "</w:fldSimple>",
                field(" PAGEREF Canary_quote \\h ", "3"),
                field(" XE &quot;Canary&quot; ", ""),
            ),
            paragraph(
                "CC: ",
                '<w:sdt><w:sdtPr><w:alias w:val="Name of Canary"/><w:tag w:val="canary"/><w:id w:val="9"/>'
                '<w:dropDownList><w:listItem w:displayText="Canary" w:value="Canary"/></w:dropDownList>'
                '<w:dataBinding w:xpath="/canary"/></w:sdtPr><w:sdtContent>',
                run("chosen Canary"),
                "</w:sdtContent></w:sdt>",
                '<w:smartTag w:uri="urn:canary" w:element="PersonName"><w:smartTagPr>'
                '<w:attr w:name="n" w:val="Canary"/></w:smartTagPr>',
                run(" tagged Canary"),
                "</w:smartTag>",
            ),
            paragraph("IO: Look ", text_box(), picture(), picture(200_000), CHART, OBJECT, WATERMARK),
            paragraph(
                '<w:commentRangeStart w:id="1"/>',
                "CC: Noted",
                '<w:commentRangeEnd w:id="1"/>',
                '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r>',
                '<w:r><w:endnoteReference w:id="1"/></w:r>',
                '<w:permStart w:id="2" w:ed="canary@canarydale.example"/>',
            ),
            paragraph("IO: Can", "<w:r><w:tab/><w:t>ary</w:t><w:br/><w:t>Canary row</w:t></w:r>"),
            paragraph("CC: ", "<m:oMath><m:r><m:t>Canary=2</m:t></m:r></m:oMath>", "<canary:x>Canary</canary:x>"),
            paragraph("A custom style for Canary", style="CanaryNotes"),
            "<!-- Canary in a remark --><?canary Canary?>"
            '<w:p canary:a="Canary" w:rsidR="00C0FFEE" w14:paraId="0CAFE001">'
            '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>last</w:t></w:r></w:p>',
            f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('hidden Canary')}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del {CHANGE}/></w:trPr><w:tc>{paragraph('gone Canary')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('stays')}</w:tc></w:tr></w:tbl>",
            '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
            '<w:footerReference w:type="default" r:id="rIdFooter"/><w:printerSettings r:id="rIdPrinter"/></w:sectPr>',
        )
    )


def story(root: str, inner: str) -> bytes:
    return f'{HEAD}<w:{root} {SPACES} mc:Ignorable="w14 canary">{inner}</w:{root}>'.encode()


_MAIN = (  # id, type, target, is external
    ("rIdStyles", "styles", "styles.xml", False),
    ("rIdNumbering", "numbering", "numbering.xml", False),
    ("rIdSettings", "settings", "settings.xml", False),
    ("rIdFonts", "fontTable", "fontTable.xml", False),
    ("rIdTheme", "theme", "theme/theme1.xml", False),
    ("rIdHeader", "header", "canary_header.xml", False),
    ("rIdFooter", "footer", "footer1.xml", False),
    ("rIdNotes", "footnotes", "footnotes.xml", False),
    ("rIdEnds", "endnotes", "endnotes.xml", False),
    ("rIdComments", "comments", "comments.xml", False),
    ("rIdImage", "image", "media/canary.png", False),
    ("rIdWeb", "hyperlink", "https://canary:pw@board.example/people/c-canary%20dale?token=canary#canary", True),
    ("rIdMail", "hyperlink", "mailto:canary@canarydale.example", True),
    ("rIdChart", "chart", "charts/chart1.xml", False),
    ("rIdObject", "oleObject", "embeddings/oleObject1.bin", False),
    ("rIdPrinter", "printerSettings", "printerSettings/printerSettings1.bin", False),
    ("rIdPeople", "people", "people.xml", False),
    ("rIdExtended", "commentsExtended", "commentsExtended.xml", False),
    ("rIdGlossary", "glossaryDocument", "glossary/document.xml", False),
    ("rIdCustom", "customXml", "../customXml/item1.xml", False),
    ("rIdWebSettings", "webSettings", "webSettings.xml", False),
)


def relations(*rows: tuple[str, str, str, bool]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{tail}" Target="{target}"{" TargetMode=" * external}'
        f"{chr(34) * external}{'External' * external}{chr(34) * external}/>"
        for name, tail, target, external in rows
    )
    return f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships">{inner}</Relationships>'.encode()


STYLES = """<w:docDefaults/><w:latentStyles w:count="2"><w:lsdException w:name="Normal" w:uiPriority="0"/>
<w:lsdException w:name="Canary" w:uiPriority="0"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="CanaryNotes"><w:name w:val="Canary Notes"/>
<w:aliases w:val="Canary"/><w:basedOn w:val="Normal"/><w:rsid w:val="00CAFE01"/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Secret"><w:name w:val="Secret"/>
<w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Unseen"><w:name w:val="Unseen"/>
<w:basedOn w:val="Secret"/></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:name w:val="Canary"/><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>
<w:lvlText w:val="Canary %1:"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""
SETTINGS = """<w:zoom w:percent="100"/><w:attachedTemplate r:id="rIdTemplate"/>
<w:mailMerge><w:dataSource r:id="rIdMerge"/>
<w:query w:val="SELECT Canary"/></w:mailMerge><w:evenAndOddHeaders/>
<w:docVars><w:docVar w:name="who" w:val="Canary"/></w:docVars>
<w:rsids><w:rsidRoot w:val="00CAFE01"/></w:rsids>"""
PERSON = '<w15:people xmlns:w15="x"><w15:person w15:author="Canary"><w15:presenceInfo w15:userId="S::canary"/>'
PERSON += "</w15:person></w15:people>"
THEME = f"""<a:theme xmlns:a="{OFFICE}/drawingml/2006/main" name="Canary Council"><a:themeElements>
<a:clrScheme name="Canary"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1></a:clrScheme>
<a:fontScheme name="Canary"><a:majorFont><a:latin typeface="Calibri"/></a:majorFont></a:fontScheme></a:themeElements>
<a:custClrLst><a:custClr name="Canary"/></a:custClrLst></a:theme>"""


def leaky_parts() -> dict[str, bytes]:
    comment = f'<w:comment {CHANGE.replace("5", "1", 1)} w:initials="IC">{paragraph("Check Canary")}</w:comment>'
    notes = (
        '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}><w:{0} w:id="1">{1}</w:{0}>'
    )
    return {
        "word/document.xml": story("document", f"<w:body>{leaky_body()}</w:body>"),
        "word/_rels/document.xml.rels": relations(*_MAIN),
        "word/styles.xml": story("styles", STYLES),
        "word/numbering.xml": story("numbering", NUMBERING),
        "word/settings.xml": story("settings", SETTINGS),
        "word/_rels/settings.xml.rels": relations(
            ("rIdTemplate", "attachedTemplate", "file:///C:/Users/canary/Normal.dotm", True),
            ("rIdMerge", "mailMergeSource", "file:///C:/Users/canary/people.csv", True),
        ),
        "word/fontTable.xml": story("fonts", '<w:font w:name="Calibri"><w:embedRegular r:id="rId1"/></w:font>'),
        "word/theme/theme1.xml": (HEAD + THEME).encode(),
        "word/canary_header.xml": story("hdr", paragraph("Confidential: Canary", picture(relation="rId1"), WATERMARK)),
        "word/_rels/canary_header.xml.rels": relations(("rId1", "image", "media/canary.png", False)),
        "word/footer1.xml": story("ftr", paragraph("Typed by Canary, page ", field(" NUMPAGES ", "9"))),
        "word/footnotes.xml": story("footnotes", notes.format("footnote", paragraph("A note on Canary"))),
        "word/endnotes.xml": story("endnotes", notes.format("endnote", paragraph("An end for Canary"))),
        "word/comments.xml": story("comments", comment),
        "word/people.xml": PERSON.encode(),
        "word/commentsExtended.xml": b"<x>Canary</x>",
        "word/webSettings.xml": b"<x>Canary</x>",
        "word/media/canary.png": png(),
        "word/charts/chart1.xml": b"<x>Canary</x>",
        "word/charts/_rels/chart1.xml.rels": relations(("rId1", "package", "../embeddings/book.xlsx", False)),
        "word/embeddings/book.xlsx": b"Canary",
        "word/embeddings/oleObject1.bin": b"Canary",
        "word/printerSettings/printerSettings1.bin": b"Canary",
        "word/glossary/document.xml": b"<x>Canary</x>",
        "customXml/item1.xml": b"<canary>Canary</canary>",
        "docProps/core.xml": b"<x>Canary</x>",
        "docProps/app.xml": b"<x>Canary</x>",
        "docProps/custom.xml": b"<x>Canary</x>",
        "docProps/thumbnail.jpeg": b"Canary",
        "stray_canary.txt": b"Canary",
    }


def package(parts: dict[str, bytes], main_type: str = "document.main+xml") -> bytes:
    """A Word file of these parts; content types and the first relationships are added unless they are given."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{kind}"/>'
        for name, kind in (("document", main_type), ("styles", "styles+xml"), ("comments", "comments+xml"))
    )
    properties = f"{OFFICE}/package/2006/relationships/metadata"
    first = relations(("rId1", "officeDocument", "word/document.xml", False)).replace(
        b"</Relationships>",
        f'<Relationship Id="rId2" Type="{properties}/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{properties}/thumbnail" Target="docProps/thumbnail.jpeg"/>'
        "</Relationships>".encode(),
    )
    whole = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'.encode(),
        "_rels/.rels": first,
    } | parts
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as container:
        container.comment = b"Canary"
        for name, data in whole.items():
            container.writestr(name, data)
    return output.getvalue()


def simple(*paragraphs: str) -> bytes:
    """A small document of these paragraphs."""
    body = "".join(one if one.startswith("<") else paragraph(one) for one in paragraphs)
    return package({"word/document.xml": story("document", f"<w:body>{body}</w:body>")})


def leaky() -> bytes:
    return package(leaky_parts())


def made() -> dict[str, bytes]:
    """Documents by name, for the tests that run on every format."""
    talk = table(
        ("Speaker", "Time", "Text"),
        ("IO", "00:00:01", "Who are you?"),
        ("CC", "00:00:04", "Corwen Canarydale, from Canary Row."),
        ("IO", "00:00:09", "Right."),
    )
    return {
        "leaky.docx": leaky(),
        "table.docx": simple(paragraph("Interview with Canary"), talk),
        "labels.docx": simple("INT: Who are you?", "P03: Corwen Canarydale.", "From Canary Row.", "INT: Right."),
    }
