"""The names that a cleaned Word file may hold: namespaces, parts, elements and attributes. All else is dropped.

An allow-list, because Word adds places for names faster than anyone can list them. Attributes are allowed by name;
those that hold free words (names, titles, authors) are missing on purpose and handled one by one in `_docx_clean`.
"""

import re

_OFFICE = "http://schemas.openxmlformats.org"
_MS = "http://schemas.microsoft.com/office"
W = f"{_OFFICE}/wordprocessingml/2006/main"
R = f"{_OFFICE}/officeDocument/2006/relationships"
A = f"{_OFFICE}/drawingml/2006/main"
WP = f"{_OFFICE}/drawingml/2006/wordprocessingDrawing"
PIC = f"{_OFFICE}/drawingml/2006/picture"
M = f"{_OFFICE}/officeDocument/2006/math"
MC = f"{_OFFICE}/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741
W10 = "urn:schemas-microsoft-com:office:word"
W14 = f"{_MS}/word/2010/wordml"
WP14 = f"{_MS}/word/2010/wordprocessingDrawing"
WPS = f"{_MS}/word/2010/wordprocessingShape"
WPG = f"{_MS}/word/2010/wordprocessingGroup"
WPC = f"{_MS}/word/2010/wordprocessingCanvas"
XML = "http://www.w3.org/XML/1998/namespace"
STRICT = "http://purl.oclc.org/ooxml/"
PACKAGE_RELATIONSHIPS = f"{_OFFICE}/package/2006/relationships"
CONTENT_TYPES = f"{_OFFICE}/package/2006/content-types"

KNOWN = frozenset({W, A, WP, PIC, M, MC, V, O, W10, W14, WP14, WPS, WPG, WPC})
# What a drawing may be to stay: a shape, a group or canvas of shapes, a picture. Charts and diagrams are objects.
SHAPES = frozenset({WPS, WPG, WPC, PIC})

# Relationship type -> (folder and name of the part, content type). Parts of any other type are dropped.
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = _WORD_TYPE + "document.main+xml"
TEMPLATE_TYPE = _WORD_TYPE + "template.main+xml"
PARTS = {
    "styles": ("word/styles{}.xml", _WORD_TYPE + "styles+xml"),
    "numbering": ("word/numbering{}.xml", _WORD_TYPE + "numbering+xml"),
    "settings": ("word/settings{}.xml", _WORD_TYPE + "settings+xml"),
    "fontTable": ("word/fontTable{}.xml", _WORD_TYPE + "fontTable+xml"),
    "theme": ("word/theme/theme{}.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "header": ("word/header{}.xml", _WORD_TYPE + "header+xml"),
    "footer": ("word/footer{}.xml", _WORD_TYPE + "footer+xml"),
    "footnotes": ("word/footnotes{}.xml", _WORD_TYPE + "footnotes+xml"),
    "endnotes": ("word/endnotes{}.xml", _WORD_TYPE + "endnotes+xml"),
    "comments": ("word/comments{}.xml", _WORD_TYPE + "comments+xml"),
}
# Parts that the document uses without naming them anywhere in its text.
IMPLICIT = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes", "comments"})

# Of these there is one each, so that its name needs no number.
UNNUMBERED = IMPLICIT - {"theme"}
DEFAULT_TYPES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
}

# How the parts that are dropped are called in the report, by the start of their relationship's last word.
DROPPED_PARTS = {
    "core-properties": "document properties",
    "extended-properties": "document properties",
    "custom-properties": "document properties",
    "thumbnail": "thumbnail of the first page",
    "people": "list of people",
    "comments": "details of comments (dates, threads, ids)",
    "customXml": "custom XML",
    "glossary": "glossary",
    "chart": "charts",
    "diagram": "diagrams",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "control": "embedded objects",
    "image": "pictures",
    "hdphoto": "pictures",
    "video": "recordings",
    "audio": "recordings",
    "media": "recordings",
    "font": "embedded fonts",
    "printerSettings": "printer settings",
    "attachedTemplate": "attached template",
    "mailMerge": "mail merge source",
    "webSettings": "web settings",
    "stylesWithEffects": "second copy of the styles",
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _word(words: str) -> frozenset[str]:
    return frozenset(f"{{{W}}}{name}" for name in words.split())


# Elements that are dropped with all they hold, whatever the text around them.
_DROPPED = {
    "permissions of editors": "permStart permEnd",
    "histories of formatting": """rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange
        tblPrExChange numberingChange cellIns cellDel cellMerge""",
    "marks of moved text": """moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
        customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd
        customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd""",
    "printer settings": "printerSettings",
    "sub-documents": "subDoc",
    "embedded fonts": "embedRegular embedBold embedItalic embedBoldItalic",
    "data of form fields": "ffData fldData",
    "choices and data of content controls": """tag attr docPart docPartGallery docPartCategory docPartObj docPartList
        placeholder dataBinding listItem dropDownList comboBox date docVar""",
    "revision marks (rsid)": "rsid rsids",
    "framesets": "frameset",
}
DROPPED_ELEMENTS = {name: why for why, names in _DROPPED.items() for name in _word(names)}
# Settings that say how the pages look; all others (variables, templates, mail merge, protection, ids) are dropped.
SETTINGS = _word(
    """zoom mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders
    bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
    drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
    characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol
    listSeparator hideSpellingErrors hideGrammaticalErrors displayBackgroundShape noLineBreaksAfter
    noLineBreaksBefore"""
)
# What a content control may say of itself; its list of choices, its data and its ids are dropped.
CONTROL = _word("rPr alias text richText showingPlcHdr")

WORD_ATTRIBUTES = _set(
    """val type id w h hRule space sz color themeColor themeTint themeShade fill themeFill themeFillTint
    themeFillShade shadow frame ascii hAnsi cs eastAsia hint asciiTheme hAnsiTheme eastAsiaTheme cstheme bidi
    left right top bottom start end header footer gutter leftChars rightChars startChars endChars firstLine
    firstLineChars hanging hangingChars before beforeLines beforeAutospacing after afterLines afterAutospacing
    line lineRule pos leader ilvl tplc restart orient code num equalWidth sep linePitch charSpace fmt
    chapStyle chapSep countBy distance customMarkFollows default styleId customStyle defLockedState
    defUIPriority defSemiHidden defUnhideWhenUsed defQFormat count locked uiPriority semiHidden unhideWhenUsed
    qFormat fldCharType dirty fldLock history firstRow lastRow firstColumn lastColumn noHBand noVBand oddVBand
    evenVBand oddHBand evenHBand firstRowFirstColumn firstRowLastColumn lastRowFirstColumn lastRowLastColumn
    hSpace vSpace wrap hAnchor vAnchor x xAlign y yAlign lines dropCap anchorLock horzAnchor vertAnchor
    leftFromText rightFromText topFromText bottomFromText tblpX tblpXSpec tblpY tblpYSpec displacedByCustomXml
    colFirst colLast combine combineBrackets vert vertCompress percent usb0 usb1 usb2 usb3 csb0 csb1 font char
    offsetFrom display zOrder alignment relativeTo uri abstractNumId numId bg1 t1 bg2 t2 accent1 accent2
    accent3 accent4 accent5 accent6 hyperlink followedHyperlink lang initials author name anchor instr tooltip"""
)
OTHER_ATTRIBUTES = _set(
    """val idx prst cap cmpd algn fmla type vert wrap anchor typeface script panose path rig dir relativeFrom
    wrapText uri lastClr horzOverflow vertOverflow fill presetSubtype pitchFamily charset rotWithShape style
    filled fillcolor stroked strokecolor strokeweight coordsize coordorigin adj opacity on color color2 offset
    joinstyle endcap dashstyle inset arcsize from to points side anchorx anchory ext spt connecttype
    gradientshapeok extrusionok limo textboxrect connectlocs connectangles connectangle fitshape fitpath
    textpathok trim focus method colors eqn allowincell allowoverlap hralign hrpct hrstd hrnoshade hr shadow
    obscured Requires Ignorable space id name descr title alt string"""
)
# 12   -3.5   100%   7.5pt   1,2   true   t   FF00AA: what a number, a switch or a colour looks like
PLAIN_VALUE = re.compile(r"[-+]?[\d.,]*(?:%|pt|in|cm|mm|px|em|f|fd)?|true|false|on|off|t|f|[0-9A-Fa-f]{6}")

# Fields that say nothing but where they are: page numbers, contents, references. All others become their last text.
# PAGE \* MERGEFORMAT     TOC \o "1-3" \h \z \u     SEQ Figure \* ARABIC
SAFE_FIELD = re.compile(
    r"""\s*(?:(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)(?:\s+\\[*\#]\s*"?[\w#0,. ]{1,20}"?)*
    |TOC(?:\s+\\[a-z](?:\s+"[\d\-, ]{1,12}")?)*
    |SEQ\s+(?:Figure|Table|Equation)(?:\s+\\\*\s*\w{1,20})*)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
# REF _Ref123 \h     PAGEREF _Toc123 \h     HYPERLINK \l "_Toc123"
JUMP_FIELD = re.compile(
    r"""\s*(?P<verb>REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+"?(?P<name>[^\s"\\]{1,80})"?
    (?P<rest>(?:\s+\\[a-z*]\s*(?:MERGEFORMAT)?)*)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
# Word's own names of bookmarks: _Toc12345678   _Ref12345678
SAFE_BOOKMARK = re.compile(r"_(?:Toc|Ref|Hlk)\d{1,12}")

# Word's own styles, and LibreOffice's where it wrote the file. Any other name was given by a person and is read.
BUILT_IN_STYLE = re.compile(
    r"""normal(?:\s\(web\)|\sindent|\stable)?|heading\s\d|title|subtitle|toc\s(?:\d|heading)|index\s(?:\d|heading)|header|footer|
    footnote\s(?:text|reference)|endnote\s(?:text|reference)|annotation\s(?:text|reference|subject)|balloon\stext|caption|
    list(?:\s(?:bullet|number|continue))?(?:\s\d)?|list\sparagraph|no\sspacing|no\slist|default\sparagraph\sfont|
    hyperlink|followedhyperlink|strong|emphasis|(?:intense|subtle)\s(?:emphasis|reference|quote)|quote|book\stitle|
    (?:page|line)\snumber|page\snumber|body\stext(?:\s\d|\s(?:first\s)?indent(?:\s\d)?)?|plain\stext|date|salutation|closing|
    signature|message\sheader|block\stext|document\smap|placeholder\stext|revision|bibliography|table\sof\s(?:figures|
    authorities)|toa\sheading|macro|envelope\s(?:address|return)|html\s\w+(?:\s\w+)?|e-?mail\ssignature|note\sheading|
    table\s(?:normal|grid(?:\s(?:\d|light))?|theme|list\s\d|simple\s\d|classic\s\d|colorful\s\d|columns\s\d|
    3d\seffects\s\d|contemporary|elegant|professional|subtle\s\d|web\s\d)|grid\stable\slight|plain\stable\s\d|
    (?:light|medium|dark|colorful)\s(?:shading|list|grid)(?:\s\d)?(?:\saccent\s\d)?|
    (?:grid|list)\stable\s\d(?:\s(?:light|colorful|dark))?(?:\s-)?(?:\saccent\s\d)?|
    (?:heading|title|subtitle|header|footer|quote|footnote\stext|comment\stext|body\stext|balloon\stext)(?:\s\d)?\schar|
    comment\s(?:text|reference|subject)|article\s/\ssection|1\s/\s1\.1\s/\s1\.1\.1|1\s/\sa\s/\si|unresolved\smention|
    smart\s(?:hyperlink|link)|mention|hashtag|
    heading|index|header\sand\sfooter|(?:header|footer)\s(?:left|right)|(?:footnote|endnote)\scharacters|text\sbody|
    (?:visited\s)?internet\slink|(?:table|list|frame)\s(?:contents|heading)|(?:numbering|bullet)\ssymbols|
    preformatted\stext|horizontal\sline|default(?:\sstyle)?|standard|source\stext|index\slink|line\snumbering""",
    re.VERBOSE | re.IGNORECASE,
)
