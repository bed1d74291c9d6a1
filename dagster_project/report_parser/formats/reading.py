"""What every format reader returns, and how it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..document import Document, Line
from ..model import Finding

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: the longest real reports have a few megabytes."""


class Reading(NamedTuple):
    """A document as its reader found it.

    `encoding` is None where the format fixes it. `has_images` says that pictures stand in the document: where it has no
    tables, they may be the tables. `findings` are what a reader of its reports should know of the file.
    """

    document: Document
    media_type: str
    encoding: str | None = None
    has_images: bool = False
    findings: tuple[Finding, ...] = ()


class Unreadable(Exception):
    """The bytes are no document that can be read. `code` is stable, the message says what to do.

    Codes: `empty`, `too_large`, `unsupported_format`, `binary`, `encrypted`, `broken_file`, `tables_are_images`.
    """

    def __init__(self, code: str, message: str, media_type: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.media_type = media_type


def reading_of(
    lines: Sequence[Line],
    media_type: str,
    *,
    encoding: str | None = None,
    has_images: bool = False,
    is_cut: bool = False,
    findings: tuple[Finding, ...] = (),
) -> Reading:
    """What a reader found, as a `Reading`.

    Raises:
        Unreadable: when there is no line: with code `tables_are_images` where there are pictures instead, `empty` otherwise.
    """
    if not lines:
        raise only_images(media_type) if has_images else without_text(media_type)
    return Reading(Document.of(lines, is_cut=is_cut), media_type, encoding, has_images, findings)


def not_computed(count: int) -> Finding:
    """What a workbook lacks that was written by a program which computes nothing."""
    message = f"有 {count} 个单元格是没有保存计算结果的公式，读不出数字；请用 Excel 或 WPS 打开、保存后重新放入。"
    return Finding("formulas_not_computed", "warning", message)


def broken(media_type: str) -> Unreadable:
    """The refusal of a file that its format's reader cannot make sense of."""
    return Unreadable("broken_file", "文件已损坏或不完整；请重新导出或下载后再放入。", media_type)


def encrypted(media_type: str) -> Unreadable:
    """The refusal of a file that asks for a password."""
    return Unreadable("encrypted", "文件设有密码；请取消密码后重新放入。", media_type)


def too_large(what: str, media_type: str) -> Unreadable:
    """The refusal of a file that would unfold to more than `what` (in Chinese: the limit that it breaks)."""
    return Unreadable("too_large", f"文件内容超出上限（{what}）；请拆分或精简后再放入。", media_type)


def without_text(media_type: str) -> Unreadable:
    """The refusal of a file that has no line of text."""
    return Unreadable("empty", "文件没有内容；请核对原文件后重新放入。", media_type)


def only_images(media_type: str) -> Unreadable:
    """The refusal of a file that shows its report as pictures."""
    message = "文件是图片或扫描件，读不出数字；请放入可复制文字的文件（Word、网页或文字版 PDF）。"
    return Unreadable("tables_are_images", message, media_type)
