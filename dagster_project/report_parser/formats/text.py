"""Plain text and markdown: which encoding the bytes are in, and the text without what nobody sees.

The encoding is told by the bytes alone, also for html: what a page or mail header declares is often wrong.
"""

from __future__ import annotations

import codecs
import re

from .reading import Unreadable, without_text

_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in _BYTE_ORDER_MARKS)
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\v")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
INVISIBLE = re.compile("[\ufeff\u200b-\u200d\u2060\u00ad]")
"""Marks without width, which copying from web pages leaves between characters."""
_INVISIBLE_MARKS = ("\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad")

# Words that every report holds, in both scripts: only the right decoding shows them.
_WORDS = ("政府", "信息", "公开", "公開", "年度", "报告", "報告", "申请", "申請", "行政", "資訊", "資料")
_SURE = 4
"""So many of them in undamaged text are no chance."""
_MAX_DAMAGE = 1 / 200
"""The share of undecodable and control characters up to which a file is text. Each is read as U+FFFD, so that none vanishes."""

_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n|\t]{1,80})(?<=\S)\*(?![*\w])")
_ESCAPED = re.compile(r"\\([.\-+*_#()\[\]!`~>])")
_BREAKS = ("<br", "<BR")


def decode(data: bytes) -> tuple[str, str]:
    """The text, with line ends \\n and without invisible marks, and its encoding.

    Raises:
        Unreadable: with code `empty` or `binary`.
    """
    text, encoding = _decode(data)
    if not text or text.isspace():
        raise without_text("text/plain")
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in _INVISIBLE_MARKS:
        if mark in text:
            text = text.replace(mark, "")
    return text, encoding


def without_markup(text: str) -> str:
    """Of the markup that markdown allows in a line, breaks and hard spaces are read as spaces, and the marks of emphasis and escapes
    are not read."""
    if "<" in text and any(mark in text for mark in _BREAKS):
        text = _BREAK.sub(" ", text)
    if "&" in text:
        text = text.replace("&nbsp;", " ")
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return text


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(_MARKS):
        mark, encoding = next(pair for pair in _BYTE_ORDER_MARKS if data.startswith(pair[0]))
        return _accept([_lenient(data[len(mark) :], encoding)])
    has_controls = any(map(data.__contains__, _CONTROL_BYTES))
    if has_controls and b"\0" in data:
        return _accept(
            [_lenient(data, each) for each in ("utf-16-le", "utf-16-be", "utf-8", "gb18030")], needs_words=True
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off inside its last character is still UTF-8.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return _decode(data[: error.start])
        likely = _lenient(data, "gb18030")
        if "\ufffd" not in likely[0] and sum(word in likely[0] for word in _WORDS) >= _SURE:
            return likely
        return _accept([likely, _lenient(data, "big5"), _lenient(data, "utf-8")])
    if has_controls:
        return _accept([_lenient(data, "utf-8")])
    return text, "utf-8"


def _lenient(data: bytes, encoding: str) -> tuple[str, str]:
    codec = "big5hkscs" if encoding == "big5" else encoding
    if encoding.startswith("utf-16"):
        data = data[: len(data) & ~1]
    return _CONTROLS.sub("\ufffd", data.decode(codec, "replace")), encoding


def _accept(readings: list[tuple[str, str]], needs_words: bool = False) -> tuple[str, str]:
    """The reading that shows most of the words, the least damaged of these; refused where even that is no text.

    `needs_words` is for bytes that are a text in any UTF-16, however little they mean.
    """
    text, encoding = max(readings, key=lambda reading: (_words_in(reading[0]), -reading[0].count("\ufffd")))
    if text.count("\ufffd") > len(text) * _MAX_DAMAGE or (needs_words and not _words_in(text)):
        message = "文件不是文本，或编码无法识别（支持 UTF-8、UTF-16、GB18030、Big5）；请核对原文件。"
        raise Unreadable("binary", message, "application/octet-stream")
    return text, encoding


def _words_in(text: str) -> int:
    return sum(map(text.count, _WORDS))
