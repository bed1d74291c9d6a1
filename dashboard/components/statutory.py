"""The three statutory tables, laid out as the form prints them, with what the document prints in every cell.

Spans and group labels follow from the form's own data; only what the form says without cells (the header over the
applicants, 行政诉讼 over two tracks) stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from dash import html
from dash.development.base_component import Component

from ..data.report import PrintedCell, RuleResult
from ..i18n import Translator
from .attributes import hyphened
from .numbers import written

TABLES = ("disclosure", "application", "dispute")
_WIDTH = 6
"""Columns of the grid under table 2: one, two and three printed columns all divide it."""
_NATURAL_PERSON, _TOTAL = "natural_person", "total"
_PROCESSED_TOTAL = "processed_total"
_ARTICLE_DIGITS = str.maketrans("一二三四五六七八九", "123456789")

Broken = Mapping[str, Sequence[RuleResult]]
"""Cell name → the broken rules that involve it."""


def cell_id(name: str) -> str:
    """The anchor of a cell in the page."""
    return f"cell-{name.replace('.', '-')}"


def broken_by_cell(results: Iterable[RuleResult]) -> Broken:
    """Only by rules that must hold: what merely may be wrong would leave hardly a cell unmarked."""
    broken: dict[str, list[RuleResult]] = {}
    for result in results:
        if result.status == "fail" and result.severity == "error":
            for name in result.cells:
                broken.setdefault(name, []).append(result)
    return broken


def statutory_tables(t: Translator, cells: Sequence[PrintedCell], broken: Broken) -> list[Component]:
    lay_out = {"disclosure": _disclosure, "application": _application, "dispute": _dispute}
    tables: list[Component] = []
    for code in TABLES:
        own = [cell for cell in cells if cell.table_code == code]
        tables.append(
            html.Section(
                [
                    html.H2(t(f"table.{code}")),
                    html.Div(
                        lay_out[code](t, own, broken),
                        className="table-box",
                        # A box that scrolls must be reachable by keyboard.
                        tabIndex=0,
                        role="region",
                        **hyphened(aria_label=t(f"table.{code}")),
                    ),
                ],
                className="panel",
                id=f"table-{code}",
            )
        )
    return tables


def _rows(cells: Sequence[PrintedCell]) -> list[list[PrintedCell]]:
    return [list(row) for _, row in groupby(cells, key=attrgetter("row_code"))]


def _th(words: str, *, cols: int = 1, rows: int = 1, scope: str = "col", kind: str = "") -> Component:
    return html.Th(words, colSpan=cols, rowSpan=rows, scope=scope, className=kind)


# --- Table 2 ---------------------------------------------------------------------------------------------------------


def _disclosure(t: Translator, cells: Sequence[PrintedCell], broken: Broken) -> Component:
    """A block for each article: its header, the columns, and its rows; rows with other columns start a header of their own."""
    body: list[Component] = []
    article = None
    columns: list[str] = []
    for row in _rows(cells):
        if row[0].article != article:
            article, columns = row[0].article, []
            body.append(html.Tr([_th(_article(t, article or ""), cols=1 + _WIDTH, scope="colgroup", kind="article")]))
        codes = [cell.column_code for cell in row]
        if codes != columns:
            columns = codes
            body.append(
                html.Tr(
                    [
                        _th(t("table.content"), kind="head"),
                        *(_th(_column(t, c), cols=_WIDTH // len(row), kind="head") for c in row),
                    ]
                )
            )
        body.append(
            html.Tr(
                [
                    _th(t.label(row[0], "row"), scope="row", kind="label"),
                    *(_cell(t, cell, broken, cols=_WIDTH // len(row)) for cell in row),
                ]
            )
        )
    # A fixed layout takes its widths from here, as the first printed row spans everything.
    widths = html.Colgroup([html.Col(className="label-column"), html.Col(span=str(_WIDTH))])
    return html.Table([widths, html.Tbody(body)], className="statutory is-disclosure")


def _article(t: Translator, article: str) -> str:
    """The form's 第二十条第（一）项 in the reader's language."""
    item = article.partition("（")[2].partition("）")[0]
    return article if t.language == "zh" else t("table.article", item=item.translate(_ARTICLE_DIGITS))


def _column(t: Translator, cell: PrintedCell) -> str:
    label = t.label(cell, "column")
    return t("table.unit", label=label, unit=cell.unit) if cell.unit == "万元" else label


# --- Table 3 ---------------------------------------------------------------------------------------------------------


def _application(t: Translator, cells: Sequence[PrintedCell], broken: Broken) -> Component:
    rows = _rows(cells)
    outcomes = [row for row in rows if row[0].group_code or row[0].row_code == _PROCESSED_TOTAL]
    body = []
    group = None
    for row in rows:
        first = row[0]
        labels: list[Component] = []
        if row is outcomes[0]:
            labels.append(_th(t("table.results"), rows=len(outcomes), scope="rowgroup", kind="label is-tall"))
        if row not in outcomes:
            labels.append(_th(t.label(first, "row"), cols=3, scope="row", kind="label"))
        elif not first.group_code or _is_alone(first, rows):
            labels.append(_th(t.label(first, "row"), cols=2, scope="row", kind="label"))
        else:
            if first.group_code != group:
                size = sum(other[0].group_code == first.group_code for other in rows)
                labels.append(_th(t.label(first, "group"), rows=size, scope="rowgroup", kind="label is-group"))
            labels.append(_th(t.label(first, "row"), scope="row", kind="label"))
        group = first.group_code
        kind = "is-total" if first.row_code == _PROCESSED_TOTAL else ""
        body.append(html.Tr([*labels, *(_cell(t, cell, broken) for cell in row)], className=kind))
    widths = html.Colgroup([html.Col(className=f"{name}-column") for name in ("results", "group", "label")])
    head = html.Thead(_application_head(t, rows[0]))
    return html.Table([widths, head, html.Tbody(body)], className="statutory is-application")


def _is_alone(cell: PrintedCell, rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether the row is its group: （一）予以公开 has no rows under it."""
    return sum(row[0].group_code == cell.group_code for row in rows) == 1


def _application_head(t: Translator, row: Sequence[PrintedCell]) -> list[Component]:
    legal = [cell for cell in row if cell.column_code not in (_NATURAL_PERSON, _TOTAL)]
    person, total = (next(cell for cell in row if cell.column_code == code) for code in (_NATURAL_PERSON, _TOTAL))
    return [
        html.Tr(
            [
                _th(t("table.balance"), cols=3, rows=3, kind="head is-note"),
                _th(t("table.applicants"), cols=len(row), scope="colgroup", kind="head"),
            ]
        ),
        html.Tr(
            [
                _th(t.label(person, "column"), rows=2, kind="head"),
                _th(t("table.legal_persons"), cols=len(legal), scope="colgroup", kind="head"),
                _th(t.label(total, "column"), rows=2, kind="head"),
            ]
        ),
        html.Tr([_th(t.label(cell, "column"), kind="head") for cell in legal]),
    ]


# --- Table 4 ---------------------------------------------------------------------------------------------------------


def _dispute(t: Translator, cells: Sequence[PrintedCell], broken: Broken) -> Component:
    """All 15 numbers in one row, as the form has them."""
    tracks = _rows(cells)
    reconsideration, *litigation = tracks
    head = [
        html.Tr(
            [
                _th(
                    t.label(reconsideration[0], "row"), cols=len(reconsideration), rows=2, scope="colgroup", kind="head"
                ),
                _th(t("table.litigation"), cols=sum(map(len, litigation)), scope="colgroup", kind="head"),
            ]
        ),
        html.Tr(
            [_th(t.label(track[0], "row"), cols=len(track), scope="colgroup", kind="head") for track in litigation]
        ),
        html.Tr([_th(t.label(cell, "column"), kind="head") for cell in cells]),
    ]
    row = html.Tr([_cell(t, cell, broken) for cell in cells])
    return html.Table([html.Thead(head), html.Tbody(row)], className="statutory is-dispute")


# --- A cell ----------------------------------------------------------------------------------------------------------


def _cell(t: Translator, cell: PrintedCell, broken: Broken, *, cols: int = 1) -> Component:
    results = broken.get(cell.name, ())
    kinds = [f"is-{cell.state}"]
    if cell.value is not None and cell.value == 0:
        kinds.append("is-zero")
    if cell.column_code == _TOTAL:
        kinds.append("is-total")
    if results:
        kinds.append("is-broken")
    tip = "\n".join([*_provenance(t, cell), *(_broken(t, result) for result in results)])
    rules = dict.fromkeys(result.rule_id for result in results)
    return html.Td(
        [
            html.Span(cell.raw or "", className="printed"),
            *([html.Span(["⚠", " ".join(rules)], className="rule-mark")] if rules else []),
        ],
        id=cell_id(cell.name),
        colSpan=cols,
        className=" ".join(kinds),
        # 200 stops of the tab key would be a wall: only marked cells and those that are no plain number take the focus.
        tabIndex=0 if results or cell.state != "number" else None,
        **hyphened(data_tip=tip, data_cell=cell.name),
    )


def _provenance(t: Translator, cell: PrintedCell) -> list[str]:
    group = f"{t.label(cell, 'group')} / " if cell.group_code and cell.group_zh != cell.row_zh else ""
    printed = [t(f"cell.state.{cell.state}")]
    if cell.value is not None:
        printed.append(t("cell.value", value=written(cell.value)))
    if cell.raw and cell.raw.strip():
        printed.append(t("cell.printed", raw=cell.raw.strip()))
    if cell.line is not None:
        printed.append(t("cell.line", line=cell.line))
    return [f"{group}{t.label(cell, 'row')} × {t.label(cell, 'column')}", " · ".join(printed)]


def _broken(t: Translator, result: RuleResult) -> str:
    names = {"rule": result.rule_id, "title": t.label(result, "title")}
    if result.left_value is None or result.right_value is None:
        return "⚠ " + t("cell.broken.no_sides", **names)
    return "⚠ " + t("cell.broken", **names, left=written(result.left_value), right=written(result.right_value))
