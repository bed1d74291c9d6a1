"""A web page saved as one file: MIME headers, and the page in quoted-printable."""

from __future__ import annotations

import quopri

from ..blocks import PrintedDocument
from .html import page_of

_HEADERS = """From: <Saved by a browser>
Snapshot-Content-Location: https://gongkai.example/report.html
Subject: report
Date: Mon, 1 Jan 2024 00:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--gongkai----"


------MultipartBoundary--gongkai----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://gongkai.example/report.html

"""
_END = "\n------MultipartBoundary--gongkai------\n"


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The page in UTF-8, whatever the style of html; `encoding` must be utf-8."""
    page = quopri.encodestring(page_of(document, style, encoding).encode(encoding))
    return (_HEADERS.encode() + page + _END.encode()).replace(b"\n", b"\r\n")
