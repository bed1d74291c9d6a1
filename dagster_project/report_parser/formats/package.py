"""Zip packages (docx, xlsx, ods): opened only when their directory keeps to the limits, read part by part."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from .reading import broken, encrypted, too_large
from .signature import ZIP, package_type

MAX_PARTS = 5_000
MAX_PART_BYTES = 128 * 1024 * 1024
"""Uncompressed, as is the next."""
MAX_PACKAGE_BYTES = 512 * 1024 * 1024

BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    LookupError,
)
"""What the standard library raises for damaged zip files and for methods of compression that it lacks."""


class Package:
    """An open zip package. `media_type` is that of its parts' names; a plain zip has `application/zip`."""

    def __init__(self, data: bytes) -> None:
        """Raises `Unreadable` with code `broken_file`, `too_large` or `encrypted`."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
            mimetype = self._parts.get("mimetype")
            content = self._zip.read(mimetype) if mimetype and mimetype.file_size < 200 else b""
        except BAD_ZIP as error:
            raise broken(ZIP) from error
        self.media_type = package_type(self._parts, content)
        sizes = [info.file_size for info in self._parts.values()]
        if len(sizes) > MAX_PARTS or sum(sizes) > MAX_PACKAGE_BYTES:
            raise too_large(f"解压后 {MAX_PACKAGE_BYTES >> 20} MB，{MAX_PARTS:,} 个部件", self.media_type)
        if self.media_type != ZIP and any(info.flag_bits & 1 for info in self._parts.values()):
            raise encrypted(self.media_type)

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part; b"" where the package has none of that name."""
        info = self._parts.get(name)
        if info is None:
            return b""
        if info.file_size > MAX_PART_BYTES:
            raise too_large(f"单个部件 {MAX_PART_BYTES >> 20} MB", self.media_type)
        try:
            # The library stops at the size that the directory states, so a false one cannot unfold to more.
            return self._zip.read(info)
        except BAD_ZIP as error:
            raise broken(self.media_type) from error
