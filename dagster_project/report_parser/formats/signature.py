"""Telling binary formats apart by their content: signatures, the parts of a zip package, the streams of an OLE file."""

from __future__ import annotations

from collections.abc import Container

DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
OFD = "application/ofd"
OLE = "application/x-ole-storage"
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
RTF = "application/rtf"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_STARTS = tuple(signature for signature, _ in _SIGNATURES)
_PACKAGE_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("ppt/presentation.xml", PPTX),
    ("OFD.xml", OFD),
)
_PDF_HEADER_WITHIN = 1024
"""Readers of pdf accept so many bytes before its header."""


def binary_type(data: bytes) -> str | None:
    """The media type that the first bytes tell; None for what may be text."""
    if data.startswith(_STARTS):
        return next(media_type for signature, media_type in _SIGNATURES if data.startswith(signature))
    place = data.find(b"%", 0, _PDF_HEADER_WITHIN)  # one byte is found at once
    return PDF if place >= 0 and data.find(b"%PDF-", place, _PDF_HEADER_WITHIN) >= 0 else None


def package_type(names: Container[str], mimetype: bytes) -> str:
    """The media type of a zip file with parts of these `names`; `mimetype` is the content of its part of that name, if any."""
    for part, media_type in _PACKAGE_PARTS:
        if part in names:
            return media_type
    for media_type in (ODS, ODT):
        if mimetype == media_type.encode():
            return media_type
    return ZIP


def ole_type(data: bytes) -> tuple[str, bool]:
    """The media type of an OLE file by the names of its streams, and whether it is locked by a password.

    A locked xls is not told here: its reader sees that.
    """
    if _entry(data, "EncryptedPackage") >= 0:
        return OLE, True
    if (entry := _entry(data, "WordDocument")) >= 0:
        sector_size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
        stream = (int.from_bytes(data[entry + 116 : entry + 120], "little") + 1) * sector_size
        # The file information block: its magic number, and the flag fEncrypted in the second byte of its flags.
        locked = data[stream : stream + 2] == b"\xec\xa5" and bool(int.from_bytes(data[stream + 11 : stream + 12]) & 1)
        return DOC, locked
    if _entry(data, "Workbook") >= 0 or _entry(data, "Book") >= 0:
        return XLS, False
    return OLE, False


def _entry(data: bytes, name: str) -> int:
    """Where the directory entry of the stream `name` begins, or -1: its padded name, its length with the final zero, its type."""
    text = name.encode("utf-16-le")
    return data.find(text.ljust(64, b"\0") + (len(text) + 2).to_bytes(2, "little") + b"\x02")
