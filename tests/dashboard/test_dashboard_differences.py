"""Two texts as one: nothing is lost, nothing is made up."""

from __future__ import annotations

import pytest

from dashboard.data.differences import Passage, difference, shared

_OLDER = "一、总体情况。全年收到申请1,234件。办结1,200件；其余结转。\n公开目录已更新。"
_NEWER = "一、总体情况。全年收到申请1,235件。公开目录已更新。新增一句完全不同的话。"


@pytest.mark.parametrize(
    ("older", "newer"),
    [(_OLDER, _NEWER), (_NEWER, _OLDER), ("", _NEWER), (_OLDER, ""), ("", ""), (_OLDER, _OLDER), ("甲乙丙", "丁戊己")],
)
def test_both_texts_are_found_in_their_difference(older: str, newer: str) -> None:
    passages = difference(older, newer)
    assert "".join(each.text for each in passages if each.kind != "new") == older
    assert "".join(each.text for each in passages if each.kind != "gone") == newer


def test_a_number_is_one_word() -> None:
    assert difference("全年收到申请1,234件。", "全年收到申请1,235件。") == (
        Passage("same", "全年收到申请"),
        Passage("gone", "1,234"),
        Passage("new", "1,235"),
        Passage("same", "件。"),
    )


def test_what_two_sentences_share_by_chance_is_not_shown_as_kept() -> None:
    passages = difference("今年我局加强培训和督导，效果明显。", "今年我局完善目录和指南，群众满意。")
    assert [each.kind for each in passages] == ["same", "gone", "new", "same"]
    assert passages[0].text == "今年我局"


def test_the_edge_of_a_page_is_no_difference() -> None:
    line = "本年度我单位按照条例规定做好主动公开和依申请公开各项工作，公开内容"
    assert difference(f"{line}\n不断丰富。", f"{line}不断丰富。") == (Passage("same", f"{line}不断丰富。"),)
    heading = difference("某某镇人民政府\n2024年1月", "某某镇人民政府\n2024年1月")
    assert heading == (Passage("same", "某某镇人民政府\n2024年1月"),), "a short line ends by itself"


def test_a_very_long_passage_is_taken_whole() -> None:
    older, newer = "甲" * 3000, "甲" * 2999 + "乙"
    assert difference(older, newer) == (Passage("gone", older), Passage("new", newer))


def test_the_share_that_stood_there_before() -> None:
    assert shared(difference("一二三四。", "一二三四。")) == 1
    assert shared(difference("甲。", "乙丙丁。")) == 0
