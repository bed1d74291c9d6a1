"""The layouts by name, with the formats that can show each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from dagster_project.report_parser.form import FormVersion

from ..blocks import PrintedDocument
from . import cells, headings, lines, pdf, pipes, shapes, spelling, tabs, tabs_shifted
from .parts import Tables, Texts

Render = Callable[[FormVersion, Texts, Random, bool], Tables]
Change = Callable[[PrintedDocument, Random], PrintedDocument]


@dataclass(frozen=True)
class TextLayout:
    """Tables set in plain text by `render`.

    `share` is that of the issuers who use it where no layouts are asked for. `blanks_are_certain`: an empty cell can be told by
    its position. `is_spaced`: an empty line follows each paragraph. `line_width`: prose is broken into lines of so many
    characters, or runs on (None).
    """

    name: str
    render: Render
    share: float
    blanks_are_certain: bool
    is_spaced: bool
    line_width: int | None = None
    formats: tuple[str, ...] = ("txt",)


@dataclass(frozen=True)
class DocumentLayout:
    """A document changed before any format prints it.

    `style` and `encoding` are for the format. `marks`: every report has cells left blank or filled with dashes, or as many as
    issuers commonly have (None). `has_portal`: the page of a web site surrounds it. `per_file`: so many reports of an issuer
    stand in one file. `tells_in_prose`: opening and signature are there, for the title is not.
    """

    name: str
    formats: tuple[str, ...]
    change: Change | None = None
    style: str = "plain"
    encoding: str = "utf-8"
    blanks_are_certain: bool = True
    marks: Literal["blanks", "dashes"] | None = None
    has_portal: bool = False
    per_file: int = 1
    tells_in_prose: bool = False


Layout = TextLayout | DocumentLayout

_PAGES = ("html", "mhtml")
_MERGING = ("html", "mhtml", "docx", "pdf", "xlsx")
_ALL = ("txt", "md", *_MERGING)

TEXT_LAYOUTS = (
    TextLayout("tabs", tabs.render, 0.3, blanks_are_certain=True, is_spaced=True),
    TextLayout("tabs_shifted", tabs_shifted.render, 0.15, blanks_are_certain=False, is_spaced=True),
    TextLayout("cells", cells.render, 0.15, blanks_are_certain=True, is_spaced=False),
    TextLayout("pdf", pdf.render, 0.2, blanks_are_certain=False, is_spaced=True, line_width=60),
    TextLayout("pipes", pipes.render, 0.2, blanks_are_certain=True, is_spaced=True),
    TextLayout("lone_bars", lines.lone_bars, 0, blanks_are_certain=True, is_spaced=False),
    TextLayout("cells_apart", lines.cells_apart, 0, blanks_are_certain=False, is_spaced=True),
    TextLayout("next_line", lines.next_line, 0, blanks_are_certain=False, is_spaced=True),
    TextLayout("glued", lines.glued, 0, blanks_are_certain=False, is_spaced=True),
)
DOCUMENT_LAYOUTS = (
    DocumentLayout("spans", _MERGING),
    DocumentLayout("unmerged", ("md", *_MERGING), shapes.unmerged),
    DocumentLayout("vertical", ("txt", *_MERGING), shapes.vertical_headers),
    DocumentLayout("page_break", ("txt", "md", "html", "mhtml", "docx", "xlsx"), shapes.page_break),
    DocumentLayout("inner_spaces", _ALL, spelling.inner_spaces),
    DocumentLayout("full_width", _ALL, spelling.full_width),
    DocumentLayout("numbering", _ALL, spelling.numbering),
    DocumentLayout("thousands", _ALL, spelling.thousands),
    DocumentLayout("units", _ALL, spelling.units),
    DocumentLayout("label_variants", _ALL, spelling.label_variants),
    DocumentLayout("misnumbered", _ALL, headings.misnumbered),
    DocumentLayout("headings_doubled", _ALL, headings.headings_doubled),
    DocumentLayout("title_broken", _ALL, headings.title_broken),
    DocumentLayout("title_doubled", _ALL, headings.title_doubled),
    DocumentLayout("title_missing", _ALL, headings.title_missing, tells_in_prose=True),
    DocumentLayout("blanks", _ALL, marks="blanks"),
    DocumentLayout("dashes", _ALL, marks="dashes"),
    DocumentLayout("portal", _ALL, has_portal=True),
    DocumentLayout("traditional", _ALL, spelling.in_traditional),
    DocumentLayout("several", _ALL, per_file=2),
    DocumentLayout("split_spans", _PAGES, style="split_spans"),
    DocumentLayout("nested_spans", _PAGES, style="nested_spans"),
    DocumentLayout("nbsp", _PAGES, style="nbsp"),
    DocumentLayout("word", _PAGES, style="word"),
    DocumentLayout("layout_table", _PAGES, style="layout_table"),
    DocumentLayout("gb18030", ("txt", "html"), encoding="gb18030"),
    DocumentLayout("utf16", ("txt", "html"), encoding="utf-16"),
    DocumentLayout("big5", ("txt", "html"), spelling.wholly_traditional, encoding="big5"),
    DocumentLayout("unruled", ("pdf",), style="unruled", blanks_are_certain=False),
    DocumentLayout("sheets", ("xlsx",), style="sheets"),
)
LAYOUTS: tuple[Layout, ...] = (*TEXT_LAYOUTS, *DOCUMENT_LAYOUTS)
COMMON = tuple(layout for layout in TEXT_LAYOUTS if layout.share)
"""The layouts of plain text that are drawn where none is asked for."""
