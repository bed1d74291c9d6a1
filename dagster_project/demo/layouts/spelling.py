"""How labels and values are written: spaces inside words, full-width characters, other numbering, separators, units, variants.

Each function changes a whole document one way; what is drawn is drawn once, for an issuer's clerk has one habit.
"""

from __future__ import annotations

import re
from random import Random

from dagster_project.report_parser.form import FORMS

from ..blocks import PrintedDocument, TableCell, Text
from ..traditional import traditional

_SHORT_LABELS = re.compile(
    "规章|总计|其他|自然人|行政许可|行政处罚|行政强制|行政复议|行政诉讼|信息内容|结果维持|结果纠正|尚未审结"
)
_FULL_WIDTH = str.maketrans("0123456789.,()/", "０１２３４５６７８９．，（）／")
_NUMBERED = re.compile(r"^(\d)\. ?(?=\D)")
_PLAIN_NUMBER = re.compile(r"[-+−]?\d{4,}(?:\.\d+)?")
_VARIANTS = (
    ("其他法律行政法规禁止公开", "其他法律法规禁止公开"),
    ("现行有效件数", "现行有效件"),
    ("行政规范性文件", "规范性文件"),
    ("一、本年新收政府信息公开申请数量", "一、本年新收"),
    ("二、上年结转政府信息公开申请数量", "二、上年结转"),
    ("结转下年度继续办理", "结转下年继续办理"),
    ("“三安全一稳定”", '"三安全一稳定"'),
    ("（区分处理的，只计这一情形，不计其他情形）", ""),
    ("（单位：万元）", "（单位：万元，保留4位小数）"),
    ("需要另行制作", ""),
    ("类申请", ""),
)
_UNITS = {
    (table.code, row.code, column.code): column.unit
    for form in FORMS.values()
    for table in form.tables
    for row in table.rows
    for column in row.columns
    if table.code == "disclosure"
}


def inner_spaces(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """规 章, 总　计: short labels spread over their cell."""
    space = rng.choice((" ", "　", "  "))

    def spread(cell: TableCell) -> TableCell:
        return cell._replace(text=_SHORT_LABELS.sub(lambda label: space.join(label[0]), cell.text))

    return document.with_cells(spread)


def full_width(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Digits, brackets and points of the tables, and in some reports also of the prose, as wide as a character."""
    document = document.with_cells(lambda cell: cell._replace(text=cell.text.translate(_FULL_WIDTH)))
    if rng.random() < 0.5:
        return document
    return document.with_texts(
        lambda line: (line if line.role == "notice" else Text(line.role, line.text.translate(_FULL_WIDTH)),)
    )


def numbering(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """1、 （1） ① where the form has 1."""
    style = rng.choice(("{0}、", "（{0}）", "({0})", "{1}", "{0}．", "{0} . "))

    def renumber(cell: TableCell) -> TableCell:
        if cell.name is not None:
            return cell
        return cell._replace(text=_NUMBERED.sub(lambda n: style.format(n[1], "①②③④⑤⑥⑦⑧"[int(n[1]) - 1]), cell.text))

    return document.with_cells(renumber)


def thousands(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """12,345: numbers of four digits and more with separators."""
    separator = rng.choice((",", ",", "，"))

    def separate(cell: TableCell) -> TableCell:
        if cell.name is None or not _PLAIN_NUMBER.fullmatch(cell.text):
            return cell
        whole, point, decimals = cell.text.partition(".")
        sign = whole[: -len(whole.lstrip("-+−"))] if whole[0] in "-+−" else ""
        grouped = f"{int(whole.lstrip('-+−')):,}".replace(",", separator)
        return cell._replace(text=f"{sign}{grouped}{point}{decimals}")

    return document.with_cells(separate)


def units(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """976.81万元, 6件: the unit behind each number of table 2."""
    space = rng.choice(("", "", " "))

    def with_unit(cell: TableCell) -> TableCell:
        unit = _UNITS.get(cell.name) if cell.name else None
        if unit is None or not cell.text[-1:].isdigit():
            return cell
        return cell._replace(text=f"{cell.text}{space}{unit}")

    return document.with_cells(with_unit)


def label_variants(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Labels that clerks shorten or misquote."""
    chosen = [variant for variant in _VARIANTS if rng.random() < 0.5]

    def vary(cell: TableCell) -> TableCell:
        text = cell.text
        for label, variant in chosen:
            text = text.replace(label, variant)
        return cell._replace(text=text)

    return document.with_cells(vary)


def in_traditional(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Traditional characters throughout, but for the notice that the report is a sample."""
    document = document.with_cells(lambda cell: cell._replace(text=traditional(cell.text)))
    return document.with_texts(
        lambda line: (line if line.role == "notice" else Text(line.role, traditional(line.text)),)
    )


def wholly_traditional(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Traditional characters in the notice too: Big5 has no others."""
    return in_traditional(document, rng).with_texts(lambda line: (Text(line.role, traditional(line.text)),))
