"""The corpus in many formats and layouts: who gets which, what gold says of it, and what the command line refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.cli import main
from dagster_project.demo.corpus import GOLD_FILE, SampleFile, sample_files, write_corpus
from dagster_project.demo.formats import FORMATS
from dagster_project.demo.layouts.registry import LAYOUTS
from dagster_project.demo.variety import choose

REPORTS = 420


@pytest.fixture(scope="module")
def files() -> list[SampleFile]:
    """Every layout in every format of text."""
    return list(sample_files(REPORTS, 4, choose(["txt", "md", "html", "mhtml"], ["all"])))


def test_every_format_has_a_layout_and_every_layout_a_format() -> None:
    everything = choose(["all"], ["all"]).layouts
    assert set(everything) == set(FORMATS)
    assert {layout for layouts in everything.values() for layout in layouts} == set(LAYOUTS)


def test_formats_and_layouts_are_taken_in_turn(files: list[SampleFile]) -> None:
    asked = choose(["txt", "md", "html", "mhtml"], ["all"]).layouts
    printed = {(gold["format"], gold["layout"]) for file in files for gold in file.gold}
    assert printed == {(form, layout.name) for form, layouts in asked.items() for layout in layouts}
    assert sum(len(file.gold) for file in files) == REPORTS


def test_the_same_seed_writes_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    variety = choose(["all"], ["spans", "numbering", "portal", "several"])
    for name in ("first", "second"):
        write_corpus(tmp_path / name, 40, 3, variety)
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "first", tmp_path / "second")
    )
    assert first == second
    assert {path.suffix[1:] for path in first} == {*FORMATS, "jsonl", "json"}


def test_text_is_in_the_encoding_that_gold_tells(files: list[SampleFile]) -> None:
    encodings = set()
    for file in files:
        encoding = file.gold[0]["encoding"]
        encodings.add(encoding)
        assert file.data.decode(encoding)
    assert encodings == {"utf-8", "utf-16", "gb18030", "big5"}


def test_several_reports_in_a_file_have_a_line_each(files: list[SampleFile]) -> None:
    several = [file for file in files if file.gold[0]["layout"] == "several" and len(file.gold) > 1]
    assert several
    for file in several:
        assert [gold["part"] for gold in file.gold] == [1, 2]
        assert len({gold["year"] for gold in file.gold}) == 2
        assert {gold["source"] for gold in file.gold} == {file.path}


def test_marks_stand_where_the_layout_wants_them(files: list[SampleFile]) -> None:
    for layout, state in (("blanks", "blank"), ("dashes", "dash")):
        for file in files:
            if file.gold[0]["layout"] == layout:
                assert {cell["state"] for cell in file.gold[0]["cells"]} <= {"number", state}
    uncertain = {layout.name for layout in LAYOUTS if not layout.blanks_are_certain}
    for file in files:
        if file.gold[0]["layout"] in uncertain:
            assert all(cell["state"] != "blank" for cell in file.gold[0]["cells"])


def test_some_pages_have_a_note_beside_them_and_nothing_else_has(tmp_path: Path) -> None:
    write_corpus(tmp_path, 60, 3, choose(["html", "txt"]))
    gold = {line["source"]: line for line in map(json.loads, (tmp_path / GOLD_FILE).read_text("utf-8").splitlines())}
    notes = list(tmp_path.rglob("*.meta.json"))
    assert 0 < len(notes) < 30
    for note in notes:
        line = gold.pop(note.relative_to(tmp_path).as_posix().removesuffix(".meta.json"))
        told = json.loads(note.read_text("utf-8"))
        assert line["format"] == "html"
        assert told == {"url": line["url"], "published_on": line["published_on"], "organ": line["organ"]}
    assert {(line["url"], line["published_on"]) for line in gold.values()} == {(None, None)}


def test_some_towns_are_told_by_their_path_only() -> None:
    told_by_path = 0
    for file in sample_files(1_200, 4, choose(["txt"], ["tabs"])):
        (gold,) = file.gold
        county = gold["region"]["county"]
        if gold["place_told_by"] == "path":
            told_by_path += 1
            assert county not in file.data.decode()
            assert county in file.path
    assert 5 < told_by_path < 120


def test_in_one_folder_every_place_is_told_by_the_text() -> None:
    files = list(sample_files(700, 4, choose(is_flat=True)))
    assert len({file.path for file in files}) == len(files)
    assert not any("/" in file.path for file in files)
    assert {file.gold[0]["place_told_by"] for file in files} == {"text"}
    assert [file.data for file in files] == [file.data for file in sample_files(700, 4)]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--formats", "doc"], ["doc", "docx", "mhtml"]),
        (["--layouts", "tabs,upside_down"], ["upside_down", "tabs_shifted", "unruled"]),
        (["--formats", "txt", "--layouts", "spans"], ["spans", "html", "xlsx"]),
        (["--formats", "html,pdf", "--layouts", "word"], ["pdf", "unruled"]),
        (["--formats", ","], ["txt"]),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path: Path, options: list[str], told: list[str]) -> None:
    outcome = CliRunner().invoke(main, ["demo", str(tmp_path / "corpus"), *options])
    assert outcome.exit_code == 2
    assert [name for name in told if name not in outcome.output] == []
    assert not (tmp_path / "corpus").exists()


def test_the_command_writes_what_is_asked_for(tmp_path: Path) -> None:
    options = ["--reports", "6", "--formats", "xlsx, md", "--layouts", "units,dashes", "--flat"]
    outcome = CliRunner().invoke(main, ["demo", str(tmp_path), *options])
    assert outcome.exit_code == 0, outcome.output
    gold = [json.loads(line) for line in (tmp_path / GOLD_FILE).read_text("utf-8").splitlines()]
    assert [(line["format"], line["layout"]) for line in gold[:4]] == [
        ("xlsx", "units"),
        ("md", "units"),
        ("xlsx", "dashes"),
        ("md", "dashes"),
    ]
    assert {path.name for path in tmp_path.iterdir()} == {GOLD_FILE, *(line["source"] for line in gold)}
