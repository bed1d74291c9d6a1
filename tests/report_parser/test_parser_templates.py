"""What a block's template tells of it is what its lines tell."""

from __future__ import annotations

import pytest
from documents import CELLS, PDF, SHIFTED, TABS, figures, read, text_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dagster_project.report_parser.memo import Repeated
from dagster_project.report_parser.numbers import read_token
from dagster_project.report_parser.skeleton import Skeleton, read_lines

_TIMES_TO_BE_KNOWN = 2
"""Seen once a template is told from others, seen twice it is known."""

_words = st.sampled_from(
    ["规章", "1.属于国家秘密", "(二)部分公开", "无", "增/减", "第", "页", "件", "万元", "12", "7", "−"]
)
_marks = st.sampled_from(
    [" ", "  ", "\t", "\t ", " \t", "|", " | ", "\n", "\n\n", "\n\t", "\t\n", "-", "—", "/", "+", ",", ".", "(", ")"]
)
_figure = st.one_of(
    st.integers(0, 20_000).map(str),
    st.sampled_from(
        [
            "0",
            "00",
            "007",
            "0.5",
            "3784.8893",
            "1,234",
            "12,34",
            "-3",
            "+5",
            "-",
            "--",
            "—",
            "1234567890",
            "5件",
            "5.",
            "",
        ]
    ),
)
_part = st.one_of(_words, _marks, st.none())  # None: a figure


def _printed(parts: list[str | None], figures: list[str]) -> str:
    return "".join(figures.pop() if part is None else part for part in parts)


@given(
    st.lists(_part, min_size=1, max_size=40).flatmap(
        lambda parts: st.tuples(
            st.just(parts),
            st.lists(st.lists(_figure, min_size=parts.count(None), max_size=parts.count(None)), min_size=3, max_size=6),
        )
    )
)
@settings(max_examples=600, deadline=None)
@example((["\t", None, "\n\t规章\t", None, "\n"], [["1", "2"], ["3", "40"], ["007", "5"], ["1234567890", "6"]]))
@example((["- ", None, " -\n规章 ", None], [["1", "2"], ["3", "2"], ["2024", "2"], ["3", "9"]]))
@example((["\t ", None, "\n"], [["7"], ["8"], ["007"], ["007"], ["9"]]))
@example((["1.规章 ", None, " 件"], [["1"], ["2"], ["3"], ["1,234"]]))
def test_blocks_of_one_template_are_read_as_their_lines_are(blocks: tuple[list[str | None], list[list[str]]]) -> None:
    parts, all_figures = blocks
    for printed_figures in all_figures:
        block = _printed(parts, list(printed_figures))
        skeleton, placed = read_lines(block)
        read_at_once = Skeleton.of(block, block)
        assert read_at_once.text == skeleton
        assert list(read_at_once.figures) == [figure for _, figure in placed]
        if known := read_at_once.known:
            tokens = [read_token(figure) for figure in known.figures]
            assert [(token.state, token.value, token.unit) for token in tokens if token] == [
                (state, value, None) for state, value in zip(known.reading.states, known.values, strict=True)
            ]


@pytest.mark.parametrize("name", [CELLS, TABS, PDF, SHIFTED])
def test_report_is_read_alike_before_and_after_its_templates_are_known(name: str) -> None:
    text = text_of(name).replace("我", "吾")  # no other test reads it
    readings = [read(text) for _ in range(_TIMES_TO_BE_KNOWN + 1)]
    assert figures(readings[0])
    assert readings[1:] == readings[:-1]


def test_template_is_known_when_it_is_seen_again() -> None:
    blocks = [f"规章庚\t{first}\t{second}\n1.许可\t{second}" for first, second in ((1, 20), (300, 4), (5, 66))]
    assert [bool(Skeleton.of(block, block).known) for block in blocks] == [False, True, True]


@pytest.mark.parametrize(
    ("label", "odd"), [("甲", "007"), ("乙", "1234567890"), ("丙", "1,234"), ("丁", "5."), ("戊", "-+")]
)
def test_what_is_no_ordinary_figure_sends_its_block_to_its_lines(label: str, odd: str) -> None:
    blocks = [f"规章{label}\t{figure}\t{figure}\n" for figure in ("12", "3", "45", odd, "6")]
    assert [bool(Skeleton.of(block, block).known) for block in blocks] == [False, True, True, False, True]


def test_a_block_that_is_printed_again_is_remembered_whole() -> None:
    block = "规章己\t3\t20\n1.许可\t7"
    known = [Skeleton.of(block, block).known for _ in range(4)]
    assert known[0] is None
    assert known[1] == known[2]
    assert known[2] is known[3]


def test_texts_that_come_once_are_not_kept() -> None:
    repeated = Repeated[int](most=2)
    for number, text in enumerate("abcabca"):
        repeated.keep(text, number)
    assert {text: repeated.get(text) for text in "abc"} == {"a": 6, "b": None, "c": 5}
