"""From bytes to the reader of their format."""

from __future__ import annotations

from ..document import Document
from . import signature
from .html import is_html, is_mail, read_html, read_mhtml
from .reading import MAX_BYTES, Reading, Unreadable, encrypted, only_images
from .text import decode, without_markup

_SAVE_AS = {
    signature.PPTX: "演示文稿",
    signature.OFD: "OFD 版式文件",
    signature.ZIP: "压缩包",
    signature.OLE: "旧版 Office 文件",
    "application/xml": "XML 数据文件",
}
_SIGNS_OF_MARKUP = b"<&*\\"
"""In every encoding a text with one of these characters has its byte, and bytes are sought much quicker than characters."""


def read_document(data: bytes) -> Reading:
    """Read one file of any format.

    Raises:
        Unreadable: for whatever cannot be read, with a code, a message in Chinese that says what to do, and the media type.

    >>> read_document("西坡镇2022年政府信息公开工作年度报告".encode("gb18030")).encoding
    'gb18030'
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"文件有 {len(data):,} 字节，上限为 {MAX_BYTES:,}；请拆分后再放入。")
    media_type = signature.binary_type(data)
    try:
        return _read_text(data) if media_type is None else _read_binary(data, media_type)
    except (MemoryError, RecursionError) as error:
        raise Unreadable("too_large", "文件展开后占用内存过多；请拆分或另存后再放入。", media_type) from error


def _read_text(data: bytes) -> Reading:
    if is_mail(data):
        return read_mhtml(data)
    text, encoding = decode(data)
    if any(map(data.__contains__, _SIGNS_OF_MARKUP)):
        if is_html(text):
            return read_html(text, encoding)
        if text.startswith("<?xml"):
            raise _unsupported("application/xml")
        text = without_markup(text)
    return Reading(Document(text), "text/plain", encoding)


def _read_binary(data: bytes, media_type: str) -> Reading:
    """The readers of these formats are imported here: their libraries are slow to load, and most files are text."""
    if media_type == signature.PDF:
        from .pdf import read_pdf

        return read_pdf(data)
    if media_type == signature.ZIP:
        return _read_package(data)
    if media_type == signature.OLE:
        media_type, is_locked = signature.ole_type(data)
        if is_locked:
            raise encrypted(media_type)
        if media_type == signature.XLS:
            from .sheet import read_xls

            return read_xls(data)
    if media_type in (signature.DOC, signature.RTF):
        from .word97 import read_word97

        return read_word97(data, media_type)
    if media_type.startswith("image/"):
        raise only_images(media_type)
    raise _unsupported(media_type)


def _read_package(data: bytes) -> Reading:
    from .package import Package

    package = Package(data)
    if package.media_type == signature.DOCX:
        from .docx import read_docx

        return read_docx(package)
    if package.media_type == signature.XLSX:
        from .sheet import read_xlsx

        return read_xlsx(data, package)
    if package.media_type == signature.ODS:
        from .ods import read_ods

        return read_ods(package)
    if package.media_type == signature.ODT:
        from .word97 import read_word97

        return read_word97(data, package.media_type)
    raise _unsupported(package.media_type)


def _unsupported(media_type: str) -> Unreadable:
    name = _SAVE_AS.get(media_type, f"此类文件（{media_type}）")
    return Unreadable("unsupported_format", f"暂不能读取{name}；请另存为 .docx、.pdf 或 .txt 后再放入。", media_type)
