"""Two texts as one, with what went struck through and what came underlined."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from ..data.differences import Passage
from ..i18n import Translator

_ENDS = 60
"""Characters of an unchanged passage that stay in sight at either end."""
_SHORT = 3 * _ENDS


def marked(t: Translator, passages: Iterable[Passage]) -> Component:
    told = list(passages)
    return html.Div(
        [_passage(t, each, is_first=index == 0, is_last=index == len(told) - 1) for index, each in enumerate(told)],
        className="difference",
        lang="zh-CN",
    )


def _passage(t: Translator, passage: Passage, *, is_first: bool, is_last: bool) -> Component:
    if passage.kind == "gone":
        return html.Del([html.Span(t("compare.gone"), className="visually-hidden"), passage.text])
    if passage.kind == "new":
        return html.Ins([html.Span(t("compare.new"), className="visually-hidden"), passage.text])
    if len(passage.text) <= _SHORT:
        return html.Span(passage.text)
    # What did not change is folded away: one looks for what did.
    head = "" if is_first else passage.text[:_ENDS]
    tail = "" if is_last else passage.text[-_ENDS:]
    middle = passage.text[len(head) : len(passage.text) - len(tail)]
    return html.Span(
        [
            head,
            html.Details([html.Summary(t("compare.same", count=len(middle))), middle], className="folded"),
            tail,
        ]
    )
