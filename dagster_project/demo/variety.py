"""In which formats and layouts a corpus is printed, and who gets which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .formats import FORMATS
from .layouts.registry import COMMON, LAYOUTS, Layout

ALL = "all"
_USUAL = {"txt": tuple(layout.name for layout in COMMON), "md": ("unmerged",)}
"""The layouts of a format where none are asked for; those of the formats not named here are `spans`."""


@dataclass(frozen=True)
class Variety:
    """The layouts of every format asked for.

    `is_common`: plain text in the common layouts only, which issuers keep over the years; else files take the formats, and the
    layouts of each, in turn. `is_flat`: all files lie in one folder, so that no path tells where they come from.
    """

    layouts: Mapping[str, tuple[Layout, ...]] = field(default_factory=lambda: {"txt": COMMON})
    is_common: bool = True
    is_flat: bool = False

    def in_turn(self, number: int) -> tuple[str, Layout]:
        """(format, layout) of the file with this number, counted from 0."""
        formats = list(self.layouts)
        layouts = self.layouts[formats[number % len(formats)]]
        return formats[number % len(formats)], layouts[number // len(formats) % len(layouts)]

    @property
    def has_sidecars(self) -> bool:
        """Whether web pages are among the files: only those come with a note of their address."""
        return "html" in self.layouts


def choose(
    formats: Sequence[str] = ("txt",), layouts: Sequence[str] | None = None, *, is_flat: bool = False
) -> Variety:
    """The variety that prints these formats in these layouts; "all" stands for every one, None for the usual layouts.

    Each format is printed in those of the layouts that it can show. An unknown name, a layout that none of the formats can show
    and a format left without a layout raise ValueError, which lists what there is.
    """
    chosen = _known(formats, tuple(FORMATS), "格式")
    by_name = {layout.name: layout for layout in LAYOUTS}
    if layouts is None:
        usual = {form: [by_name[name] for name in _USUAL.get(form, ("spans",))] for form in chosen}
        return Variety({form: tuple(of_form) for form, of_form in usual.items()}, list(usual) == ["txt"], is_flat)
    wanted = [by_name[name] for name in _known(layouts, tuple(by_name), "版式")]
    possible = {form: tuple(layout for layout in wanted if form in layout.formats) for form in chosen}
    if ALL not in layouts:
        for layout in wanted:
            if not set(layout.formats) & set(chosen):
                raise ValueError(
                    f"版式 {layout.name} 不能用于 {'、'.join(chosen)}；它可用的格式：{'、'.join(layout.formats)}。"
                )
    for form, of_form in possible.items():
        if not of_form:
            names = "、".join(layout.name for layout in LAYOUTS if form in layout.formats)
            raise ValueError(f"所选版式都不能用于格式 {form}；{form} 可用的版式：{names}。")
    return Variety(possible, False, is_flat)


def _known(names: Sequence[str], known: Sequence[str], what: str) -> list[str]:
    """`names` in the order of `known`, each once."""
    unknown = [name for name in names if name != ALL and name not in known]
    if unknown or not names:
        raise ValueError(
            f"没有这样的{what}：{'、'.join(unknown) or '（空）'}；可用的{what}：{'、'.join(known)}，或 {ALL}。"
        )
    return [name for name in known if name in names or ALL in names]
