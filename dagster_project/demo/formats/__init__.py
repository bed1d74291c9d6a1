"""Printing a `PrintedDocument` in a file format, a module each. The same document and options give the same bytes."""

from __future__ import annotations

from importlib import import_module

from ..blocks import PrintedDocument

_MODULES = {
    "txt": "text",
    "html": "html",
    "docx": "docx",
    "pdf": "pdf",
    "xlsx": "xlsx",
    "md": "markdown",
    "mhtml": "mhtml",
}
"""What writes each format; imported when it is first wanted, for a corpus of plain text needs no writer of PDF."""

FORMATS = tuple(_MODULES)
TEXT_FORMATS = ("txt", "md", "html", "mhtml")
"""Those that are text in some encoding."""


def print_document(document: PrintedDocument, format: str, *, style: str = "plain", encoding: str = "utf-8") -> bytes:
    """The file that prints `document` in one of `FORMATS`; another raises KeyError.

    `style` is one of the format's own (`html.STYLES`, also for mhtml, `pdf.STYLES`, `xlsx.STYLES`; the others have none but "plain"),
    `encoding` that of a txt or html file: html escapes what the encoding lacks, txt raises UnicodeEncodeError.
    """
    data: bytes = import_module(f".{_MODULES[format]}", __name__).write(document, style, encoding)
    return data
