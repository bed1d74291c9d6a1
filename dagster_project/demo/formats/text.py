"""Plain text: a line a paragraph, tables with tabs between the columns and nothing where a merged cell covers them."""

from __future__ import annotations

import codecs

from ..blocks import PrintedDocument, Text


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The document in `encoding`; UTF-16 begins with its byte-order mark."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            lines += [block.text, ""] if block.role in ("heading", "paragraph") else [block.text]
        else:
            lines += ["\t".join(cell.text for cell in row) for row in block.unmerged().rows]
            lines.append("")
    return encoded("\n".join(lines) + "\n", encoding)


def encoded(text: str, encoding: str) -> bytes:
    """`text` as a file of `encoding`."""
    # Python's utf-16 follows the machine's byte order; a file must not.
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
