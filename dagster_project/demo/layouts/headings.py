"""Titles broken, doubled or missing; section headings with wrong numbers or printed twice."""

from __future__ import annotations

from random import Random

from dagster_project.report_parser.form import SECTIONS

from ..blocks import Block, PrintedDocument, PrintedTable, Text

_WRONG_NUMERALS = ("一二三四四五", "一二三三四五", "一二三四六七", "一一二三四五", "一二三四五五")
_OTHER_NUMBERS = (
    "{arabic}、",
    "{arabic}.",
    "（{numeral}）",
    "第{numeral}部分 ",
    "{numeral}. ",
    "{numeral}、{numeral}、",
    "",
)


def title_broken(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """The title over two or three lines, broken wherever the line was full."""
    title = document.title
    breaks = sorted(rng.sample(range(3, len(title) - 3), rng.choice((1, 2))))
    lines = [title[start:end] for start, end in zip([0, *breaks], [*breaks, None], strict=True)]
    return _with_title(document, [line.strip() for line in lines if line.strip()])


def title_doubled(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """The title twice: the page's and the document's own."""
    return _with_title(document, [document.title, document.title])


def title_missing(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """No title: the opening and the signature tell who and when."""
    return _with_title(document, [])


def _with_title(document: PrintedDocument, lines: list[str]) -> PrintedDocument:
    rest = tuple(block for block in document.blocks if not (isinstance(block, Text) and block.role == "title"))
    return PrintedDocument((*(Text("title", line) for line in lines), *rest))


def misnumbered(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """A numeral twice or left out, or another kind of number than the form's."""
    numerals, style = "一二三四五六", "{numeral}、"
    if rng.random() < 0.5:
        numerals = rng.choice(_WRONG_NUMERALS)
    else:
        style = rng.choice(_OTHER_NUMBERS)
    headings = iter(
        f"{style.format(numeral=numeral, arabic=place)}{heading}"
        for place, (numeral, (_, heading)) in enumerate(zip(numerals, SECTIONS, strict=True), start=1)
    )
    return document.with_texts(lambda line: (Text("heading", next(headings)) if line.role == "heading" else line,))


def headings_doubled(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Every heading twice: in a table of contents before the text, or once more in the line below."""
    if rng.random() < 0.5:
        return document.with_texts(lambda line: (line, line) if line.role == "heading" else (line,))
    contents: list[Block] = [Text("paragraph", "目录")]
    contents += [
        Text("paragraph", block.text)
        for block in document.blocks
        if isinstance(block, Text) and block.role == "heading"
    ]
    after_title = next(
        index for index, block in enumerate(document.blocks) if isinstance(block, PrintedTable) or block.role != "title"
    )
    return PrintedDocument((*document.blocks[:after_title], *contents, *document.blocks[after_title:]))
