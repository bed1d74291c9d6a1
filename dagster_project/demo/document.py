"""Putting a report together: title, opening, sections with their tables, signature, and the notice that it is a sample."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from dagster_project.report_parser.form import SECTIONS
from dagster_project.report_parser.sample import SAMPLE_NOTICE

from .layouts.parts import Tables
from .layouts.registry import TextLayout
from .layouts.wrap import wrap
from .narrative import Narrative

_NUMERALS = "一二三四五六"


def compose(
    narrative: Narrative,
    tables: Tables,
    layout: TextLayout,
    label_habit: Callable[[str], str],
    left_out: Collection[str] = (),
) -> str:
    """The text of the whole document, without the sections (`section.other`) and tables (`dispute`) that are left out.

    Its last line is `SAMPLE_NOTICE`.
    """
    by_section = {
        "disclosure": tables.disclosure,
        "application": tables.application,
        "dispute": tables.dispute,
    }
    lines = [*narrative.title, "", *_paragraphs(narrative.opening, layout)]
    for numeral, (code, heading) in zip(_NUMERALS, SECTIONS, strict=True):
        if f"section.{code}" in left_out:
            continue
        lines += _paragraphs([f"{numeral}、{heading}"], layout)
        lines += _paragraphs(narrative.sections[code], layout)
        if code in by_section and code not in left_out:
            lines += [*map(label_habit, by_section[code]), ""]
    lines += ["", *narrative.closing, "", SAMPLE_NOTICE]
    return "\n".join(lines) + "\n"


def _paragraphs(texts: Iterable[str], layout: TextLayout) -> Iterator[str]:
    for text in texts:
        for line in wrap(text, layout.line_width) if layout.line_width else [text]:
            yield line
            if layout.is_spaced:
                yield ""
