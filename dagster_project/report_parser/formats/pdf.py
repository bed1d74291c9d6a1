"""pdf files with a text layer: tables as grid rows, by their rules or by places that leave no doubt; everything else as lines
in reading order."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, dropwhile
from typing import TYPE_CHECKING

from ..document import Line
from .pdf_chars import MAX_UNREAD, UNREAD, printed_chars, second_reading
from .pdf_lines import Char, hangs_on, printed_lines, runs_on
from .pdf_tables import Table, share_columns, tables_of
from .pdf_unruled import with_unruled_tables
from .reading import Reading, Unreadable, broken, encrypted, only_images, reading_of, too_large
from .signature import PDF

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pypdfium2 import PdfDocument

MAX_PAGES = 100
MAX_STREAM_BYTES = 64 * 1024 * 1024
"""Unfolded, of one stream: a scanned page has some 25 MB."""
MAX_STREAMS_BYTES = 512 * 1024 * 1024
"""Unfolded, of all streams."""
MAX_CHARS = 400_000

_STREAM = re.compile(rb"stream\r?\n")
_MAX_FILTERS = 3
"""A stream that was deflated more often is no stream of a report."""

_PAGE_NUMBER = re.compile(r"[-—–·\s第]{0,9}\d{1,3}[-—–·\s\d页頁共第/]{0,20}")


def read_pdf(data: bytes) -> Reading:
    """The document's pages in order.

    Raises:
        Unreadable: with code `broken_file`, `encrypted`, `too_large`, or `tables_are_images` when no page has text that can be read.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    _check_streams(data)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf, second_reading(data) as other:
            return _read_pages(pdf.pages, other)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except PdfminerException as error:
        raise (encrypted if error.args and isinstance(error.args[0], PDFPasswordIncorrect) else broken)(PDF) from error
    except Exception as error:  # a damaged file makes the library fail in any way there is
        raise broken(PDF) from error


def _check_streams(data: bytes) -> None:
    """Refuse files whose streams unfold beyond the limits: the library would unfold each into memory, whatever its size."""
    total = 0
    for match in _STREAM.finditer(data):
        content: bytes | memoryview = memoryview(data)[match.end() :]
        for _ in range(_MAX_FILTERS):
            try:
                content = zlib.decompressobj().decompress(content, MAX_STREAM_BYTES + 1)
            except zlib.error:
                break
            total += len(content)
            if len(content) > MAX_STREAM_BYTES or total > MAX_STREAMS_BYTES:
                raise too_large(f"解压后 {MAX_STREAMS_BYTES >> 20} MB", PDF)


def _read_pages(pages: list[Page], other: PdfDocument | None) -> Reading:
    if not pages:
        raise broken(PDF)
    if len(pages) > MAX_PAGES:
        raise too_large(f"{MAX_PAGES} 页", PDF)
    blocks: list[list[Line | Table]] = []
    char_count = unread = 0
    has_images = False
    for page in pages:
        chars = printed_chars(page, other)
        char_count += len(chars)
        unread += sum(char.text == UNREAD for char in chars)
        if char_count > MAX_CHARS:
            raise too_large(f"{MAX_CHARS:,} 个字符", PDF)
        has_images = has_images or bool(page.images)
        blocks.append(_blocks(chars, tables_of(page)))
        page.close()
    if unread > char_count * MAX_UNREAD:
        raise only_images(PDF)
    _join_over_pages(blocks)
    lines: list[Line] = []
    for block in chain.from_iterable(blocks):
        lines.extend(block.rows() if isinstance(block, Table) else [block])
    return reading_of(lines, PDF, has_images=has_images or not char_count)


def _blocks(chars: list[Char], tables: list[Table]) -> list[Line | Table]:
    """The lines and tables of a page from top to bottom; rotated characters (stamps, watermarks) after them."""
    outside: list[Char] = []
    rotated: list[Char] = []
    last, last_at = None, None
    for char in chars:
        if not char.is_upright:
            rotated.append(char)
            continue
        at = next(((table, cell) for table in tables if (cell := table.cell_of(char)) is not None), None)
        if at != last_at and last is not None:
            if hangs_on(last, char):
                at = last_at
            elif runs_on(last, char):
                for table, cell in filter(None, (at, last_at)):
                    table.blur(cell)
        if at is None:
            outside.append(char)
        else:
            at[0].put(at[1], char)
        last, last_at = char, at
    placed: list[tuple[float, Line | Table]] = [*with_unruled_tables(printed_lines(outside))]
    placed.extend((table.top, table) for table in tables)
    blocks = [block for _, block in sorted(placed, key=lambda pair: pair[0])]
    return [*blocks, "".join(char.text for char in rotated)] if rotated else blocks


def _join_over_pages(pages: list[list[Line | Table]]) -> None:
    """Let the parts of a table that goes on over the foot of a page, and the head of the next, share their columns."""
    parts: list[Table] = []
    for blocks in pages:
        first = next(iter(_without_margins(blocks)), None)
        last = next(iter(_without_margins(blocks[::-1])), None)
        if parts and isinstance(first, Table) and first.is_as_wide_as(parts[-1]):
            parts.append(first)
            share_columns(parts)
        if not isinstance(last, Table):
            parts = []
        elif not (parts and last is parts[-1]):
            parts = [last]


def _without_margins(blocks: list[Line | Table]) -> Iterator[Line | Table]:
    """The blocks of a page without the page number at its edge."""
    return dropwhile(lambda block: isinstance(block, str) and _PAGE_NUMBER.fullmatch(block), blocks)
