"""The parts of benchmarks/ that can be wrong without anybody noticing."""

import importlib
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from deid.evaluate.gold import Gold

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"


@pytest.fixture(autouse=True)
def benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    for name in ("sets", "talk", "chart", "kept", "quality", "devices", "gains"):
        sys.modules.pop(name, None)


def marked(gold: Gold) -> list[tuple[str, str, bool]]:
    return [(gold.text[span.start : span.end], str(span.category), span.optional) for span in gold.spans]


def test_interviews_are_long_enough_the_same_for_a_seed_and_hardly_repeat() -> None:
    from talk import interview

    text = interview(1, 3_000)
    assert text == interview(1, 3_000) != interview(2, 3_000)
    turns = text.split("\n\n")
    assert len(text.split()) >= 3_000
    assert len(set(turns)) / len(turns) > 0.95


def test_the_chart_is_xml_with_a_bar_for_each_figure() -> None:
    from chart import grouped_bars

    groups = {"recall": {"deid": 0.5, "<other>": None}, "keep": {"deid": 1.0, "<other>": 0.0}}
    drawn = grouped_bars("A & B", groups, ["deid", "<other>"])
    bars = [one for one in ElementTree.fromstring(drawn).iter() if one.tag.endswith("rect") and len(one)]  # noqa: S314  our own
    assert sorted(float(bar.attrib["height"]) for bar in bars) == [0.0, 115.0, 230.0]


def test_tab_spans_that_overlap_are_cut(tmp_path: Path) -> None:
    from sets import _tab

    spans = [{"start": 0, "end": 9, "label": "PERSON"}, {"start": 5, "end": 14, "label": "QUANTITY"}]
    path = tmp_path / "tab.json"
    path.write_text(json.dumps([{"doc_id": "1", "text": "Ann Marsh five days", "spans": spans}]), encoding="utf-8")
    (gold,) = _tab(path)
    assert marked(gold) == [("Ann Marsh", "PERSON", False), ("five", "TRAIT", True)]


def test_wnut_posts_are_joined_with_spaces(tmp_path: Path) -> None:
    from sets import _wnut17

    path = tmp_path / "wnut"
    path.write_text("Hi\tO\nAnn\tB-person\nMarsh\tI-person\n\nOff\tO\nto\tO\nHythe\tB-location\n", encoding="utf-8")
    first, second = _wnut17(path)
    assert (first.text, marked(first)) == ("Hi Ann Marsh", [("Ann Marsh", "PERSON", False)])
    assert (second.text, marked(second)) == ("Off to Hythe", [("Hythe", "PLACE", False)])


def test_our_own_sets_are_here_and_texts_are_counted_once() -> None:
    from sets import SETS

    for each in SETS:
        if each.is_local:
            golds = each.golds()
            assert len({gold.id for gold in golds}) == len(golds) > 0


def test_figures_are_kept_until_something_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kept
    from sets import Set

    from deid.evaluate.score import score
    from tests.evaluate.examples import gold, mask

    text = gold("{P oakes|Wilma} rang {P tom|Tom}.")
    figures = score([text], {"g1": [mask(text, "Tom")]})
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    small = Set("small", "a small set", (), lambda path: ())
    place = kept.place_of(small, [text], "deid", {"deid": "1"}, is_ours=True)
    assert kept.kept(place) is None
    kept.keep(place, figures)
    again = kept.kept(place)
    assert again is not None
    assert (again.token_recall, again.linking) == (figures.token_recall, figures.linking)
    others = {kept.place_of(small, [gold("{P oakes|Wilma}")], "deid", {"deid": "1"}, is_ours=True),
              kept.place_of(small, [text], "deid", {"deid": "2"}, is_ours=True),
              kept.place_of(small, [text], "deid", {"deid": "1"}, is_ours=False)}  # fmt: skip
    assert len({place} | others) == 4


def test_nothing_to_measure_is_said_and_is_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import quality
    from sets import Set

    absent = Set("tune", "a set", (tmp_path / "absent.jsonl",), lambda path: ())
    monkeypatch.setattr(quality, "SETS", (absent,))
    monkeypatch.setattr(sys, "argv", ["quality.py", "--system", "spacy"])
    assert quality.main() == 2
    said = capsys.readouterr()
    assert "nothing was measured" in said.err
    assert "not here: absent.jsonl" in said.err
    assert said.out == ""


def test_every_device_is_named_once_and_its_switch_still_has_its_place() -> None:
    from devices import GROUPS, without

    devices = [device for group in GROUPS.values() for device in group]
    assert len({device.name for device in devices}) == len(devices)
    for device in devices:
        places = [patch.place.partition(":") for patch in device.patches]
        before = [getattr(importlib.import_module(module), name) for module, _, name in places]
        with without(device):
            within = [getattr(sys.modules[module], name) for module, _, name in places]
        after = [getattr(sys.modules[module], name) for module, _, name in places]
        assert all(new is not old for new, old in zip(within, before, strict=True)), device.name
        assert all(new is old for new, old in zip(after, before, strict=True)), device.name


def test_what_a_device_gains_is_what_is_lost_without_it() -> None:
    import gains
    from devices import Device
    from sets import Set

    from deid.config import Detect
    from deid.region import load_region
    from tests.evaluate.examples import gold

    text = gold("Ring {C phone|07700 900461} or write to {C mail|amber@quillfeather.example}, said the school.")
    small = Set("small", "a small set", (BENCHMARKS,), lambda path: (text,), apart=False)
    region, readers = load_region("none"), gains._Readers()

    def measured(*names: str) -> gains.Measured:
        return gains._measure(Device(" ".join(names), Detect(models=(), recognisers=names)), [small], region, readers)

    whole, without_phones = measured("phones", "emails"), measured("emails")
    token_recall, *_, wrong_merges = gains.gains(whole, without_phones)
    assert token_recall == [40.0]  # two of the five words that are marked
    assert wrong_merges == [0]
    assert whole.claims["phones"] == 1
    assert gains.gains(whole, measured("phones", "emails", "vehicles")) == [[0]] * 7


def test_sealed_figures_are_never_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import gains

    monkeypatch.setattr(sys, "argv", ["gains.py", "--sealed", "--write"])
    with pytest.raises(SystemExit):
        gains.main()
    assert "--write is for every device over the open sets" in capsys.readouterr().err


def test_the_page_has_the_lines_between_which_the_gains_are_written() -> None:
    import gains

    lines = gains.PAGE.read_text(encoding="utf-8").splitlines()
    assert lines.count(gains.BEGIN) == lines.count(gains.END) == 1
    assert lines.index(gains.BEGIN) < lines.index(gains.END)
