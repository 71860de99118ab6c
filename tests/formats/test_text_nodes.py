from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from deid.formats._lens import share_out, splice
from deid.formats._text_nodes import TextNode, edit_nodes

TEXTS = st.lists(st.text(alphabet="abc ", max_size=5), min_size=1, max_size=8).filter(any)


def put(node: TextNode, words: str) -> None:
    node.element.text = words


@given(TEXTS, st.data())
def test_edits_of_the_whole_are_edits_of_the_nodes(texts: list[str], data: st.DataObject) -> None:
    whole = "".join(texts)
    bounds = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=6)))
    edits = [(low, high, "NEW") for low, high in zip(bounds[::2], bounds[1::2], strict=False) if low < high]
    elements = [etree.fromstring(f"<t>{text}</t>") for text in texts]
    edit_nodes([TextNode(one, "text", text) for one, text in zip(elements, texts, strict=True)], edits, put)
    assert "".join(one.text or "" for one in elements) == splice(whole, edits)
    for element, text in zip(elements, texts, strict=True):
        assert (element.text or "") == text or edits


def test_the_first_node_takes_the_words_and_the_others_lose_theirs() -> None:
    assert share_out(["Ja", "", "ne Smi", "thson!"], [(0, 13, "[Anna]")]) == {
        0: [(0, 2, "[Anna]")], 2: [(0, 6, "")], 3: [(0, 5, "")],
    }  # fmt: skip


def test_a_tail_an_attribute_and_a_twin_are_text_too() -> None:
    root = etree.fromstring("<r><a n='Jo'/> and Jo<b>Jo</b></r>")
    nodes = [
        TextNode(root[0], "@n", "Jo"),
        TextNode(root[0], "tail", " and Jo", ()),
        TextNode(root[1], "text", "Jo", (etree.SubElement(root, "copy"),)),
    ]
    edit_nodes(nodes, [(0, 2, "X"), (7, 9, "Y"), (9, 11, "Z")], put)
    assert etree.tostring(root) == b'<r><a n="X"/> and Y<b>Z</b><copy>Z</copy></r>'
