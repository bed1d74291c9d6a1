"""From bytes to text: what kind of file it is, and in which encoding.

Detection is by content, never by the file's name. What cannot be text is refused with a reason; nothing is guessed.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: the longest real reports have a few megabytes."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"{\\rtf", "application/rtf"),
)
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAYOUT_CONTROLS = frozenset("\t\n\r\f\v")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` has line ends \\n and no invisible characters; every other character is as in the document."""

    text: str
    media_type: str
    encoding: str


class Undecodable(Exception):
    """The bytes are not a text this parser reads. `code` is stable, the message says what to do."""

    def __init__(self, code: str, message: str, media_type: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.media_type = media_type


def decode(data: bytes) -> Decoded:
    """Decode a text file (UTF-8, UTF-16 with a byte order mark, GB18030).

    Raises:
        Undecodable: with code `empty`, `too_large`, `unsupported_format` or `binary`.
    """
    if len(data) > MAX_BYTES:
        raise Undecodable("too_large", f"文件有 {len(data):,} 字节，上限为 {MAX_BYTES:,}；请拆分后再放入。")
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            raise Undecodable(
                "unsupported_format", f"暂不能读取 {media_type}；请另存为纯文本（.txt）后再放入。", media_type
            )
    text, encoding = _decode_text(data)
    if not text.strip():
        raise Undecodable("empty", "文件没有内容；请核对原文件后重新放入。", "text/plain")
    if any(ord(char) < 32 and char not in _LAYOUT_CONTROLS for char in set(text)):
        raise Undecodable("binary", "文件不是文本（含有控制字符）；请核对原文件。", "application/octet-stream")
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or "<table" in start:
        raise Undecodable("unsupported_format", "暂不能读取 text/html；请另存为纯文本（.txt）后再放入。", "text/html")
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    return Decoded(text, "text/plain", encoding)


def _decode_text(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _try_decode(data[len(mark) :], encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A file cut off inside its last character is still UTF-8.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), "utf-8"
    return _try_decode(data, "gb18030"), "gb18030"


def _try_decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"文件不是 UTF-8、UTF-16 或 GB18030 文本（第 {error.start:,} 字节起无法解码）；请核对原文件。"
        raise Undecodable("binary", message, "application/octet-stream") from error
