"""Markdown: marked headings and pipe tables, which know no merged cells."""

from __future__ import annotations

from ..blocks import PrintedDocument, PrintedTable, Text

_MARKS = {"title": "# ", "heading": "## "}


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The document in `encoding`."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            lines += [_MARKS.get(block.role, "") + block.text, ""]
        else:
            lines += _table(block)
    return ("\n".join(lines)).encode(encoding)


def _table(table: PrintedTable) -> list[str]:
    rows = [[cell.text.replace("\n", "<br>") for cell in row] for row in table.unmerged().rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(["---"] * len(rows[0])) + " |")
    return [*lines, ""]
