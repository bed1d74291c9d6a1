"""Zip files as folders of files: what lies in one, zips within it included, and the bytes of one member.

Nothing is ever written to disk: the names in a zip are names only. A member that cannot be read is listed with its reason and
hides no other. What does not belong here: reading the documents (`reading.py`), or what else lies in the inbox (`inbox.py`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BufferedReader, BytesIO, FileIO
from itertools import count
from pathlib import Path
from typing import IO

from dagster_project.report_parser.formats import MAX_BYTES
from dagster_project.report_parser.formats.package import BAD_ZIP
from dagster_project.report_parser.formats.signature import ZIP, package_type

MAX_DEPTH = 3
"""Zips within zips, the outermost counted."""
MAX_MEMBERS = 100_000
"""In one bundle, inner zips included."""
MAX_TOTAL_BYTES = 4 * 1024**3
"""Uncompressed, of all members of one bundle."""
MAX_INNER_ZIP_BYTES = 128 * 1024**2
"""An inner zip is held in memory while its members are read."""
MAX_RATIO = 200
"""Uncompressed to compressed size, of a member and of all together, from `RATIO_FROM_BYTES` on: text reports reach 20."""
RATIO_FROM_BYTES = 4 * 1024**2
MAX_DIRECTORY_BYTES = 16 * 1024**2
"""Of one zip: the library makes an object of every entry, hundreds of thousands of them from so many bytes."""

ZIP_SIGNATURE = b"PK"
_CHUNK = 1 << 20
_MAX_NAME = 400
_ENCRYPTED = ("bundle_encrypted", "压缩包设有密码；请解压后重新放入。")
_BROKEN = ("broken_file", "压缩包内的文件已损坏；请重新打包后再放入。")
_SAME_NAME = ("broken_file", "压缩包内有路径相同的文件；请解压后重新放入。")
_TOO_DEEP = ("bundle_too_large", f"压缩包嵌套超过 {MAX_DEPTH} 层；请解压后重新放入。")
_TOO_LARGE = ("bundle_too_large", "压缩包内的文件解压后过大，或压缩比异常；请核对后单独放入。")
_TOO_MANY = (
    "bundle_too_large",
    f"压缩包内文件超过 {MAX_MEMBERS:,} 个，或解压后总量超过 {MAX_TOTAL_BYTES >> 30} GB；请拆分后重新放入。",
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a bundle. `name` is its path there, unique, with / between folders and inner zips as folders.

    `sha256` is None, and `refusal` its stable code and a message, where the member cannot be read; `size` is then the stated one.
    """

    name: str
    size: int
    sha256: str | None
    refusal: tuple[str, str] | None = None


@dataclass(slots=True)
class _Budget:
    """What one bundle may still unfold to, and the names that it has listed."""

    members: int
    total_bytes: int
    names: set[str] = field(default_factory=set)
    is_spent: bool = False


def is_bundle(path: Path) -> bool:
    """Whether the file is a zip that is no document itself (docx, xlsx, …).

    A zip whose directory cannot be read is none: the parser says what is wrong with it. Raises OSError as `open` does.
    """
    with _ZipBytes(FileIO(path)) as file:
        return file.read(2) == ZIP_SIGNATURE and _is_plain_zip(file)


def members(path: Path) -> Iterator[Member]:
    """The files in the bundle in its own order, each read once for its hash; folders, hidden files and `__MACOSX` left out.

    Raises:
        OSError: when the bundle itself cannot be opened.
    """
    with _ZipBytes(FileIO(path)) as file:
        total_bytes = min(MAX_TOTAL_BYTES, RATIO_FROM_BYTES + MAX_RATIO * path.stat().st_size)
        yield from _members(_Folder(file), "", 1, _Budget(MAX_MEMBERS, total_bytes))


def read_member(path: Path, name: str) -> bytes:
    """The bytes of the member that `members` lists as `name`. The zips read last stay open for the next call.

    Raises:
        OSError: when the bundle cannot be opened any more, or has no such member that can be read.
    """
    details = path.stat()
    folder = _opened(path, details.st_mtime_ns, details.st_size)
    outer: tuple[str, ...] = ()
    while name not in folder.entries:
        ends = (place for place, char in enumerate(name) if char == "/")
        end = next((end for end in ends if name[:end] in folder.entries), None)
        if end is None or len(outer) == MAX_DEPTH - 1:
            raise OSError(f"压缩包中没有这个文件：{name}")
        outer, name = (*outer, name[:end]), name[end + 1 :]
        folder = _opened_inner(path, details.st_mtime_ns, details.st_size, outer)
    return folder.read(name, MAX_BYTES)


class _ZipBytes(BufferedReader):
    """The bytes of a zip, given out in pieces: a directory that is larger than one is read as one that is cut off.

    (The library asks for a directory at once, and for the content of a member again and again until it has all.)
    """

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(size if size is None or size < 0 else min(size, MAX_DIRECTORY_BYTES))


class _Folder:
    """An open zip and its files by their names."""

    def __init__(self, file: _ZipBytes) -> None:
        """Raises OSError where the zip cannot be read."""
        try:
            self._zip = zipfile.ZipFile(file)
        except BAD_ZIP as error:
            raise OSError(_BROKEN[1]) from error
        self.entries: dict[str, zipfile.ZipInfo] = {}
        same: Counter[str] = Counter()
        for info in self._zip.infolist():
            name = _harmless(_decoded(info))
            if not name or info.is_dir() or stat.S_ISLNK(info.external_attr >> 16):
                continue
            unique = name
            while unique in self.entries:
                same[name] += 1
                unique = f"{name} ({same[name] + 1})"
            self.entries[unique] = info

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(self.entries[name])

    def read(self, name: str, limit: int) -> bytes:
        """All bytes of a file. Raises OSError where it is larger than `limit`, locked or damaged."""
        if refusal := _refusal(self.entries[name], limit):
            raise OSError(refusal[1])
        try:
            # The library stops at the size that the directory states, so a false one cannot unfold to more.
            return self._zip.read(self.entries[name])
        except BAD_ZIP as error:
            raise OSError(_BROKEN[1]) from error


@lru_cache(maxsize=1)
def _opened(path: Path, modified_ns: int, size: int) -> _Folder:
    return _Folder(_ZipBytes(FileIO(path)))


@lru_cache(maxsize=1)
def _opened_inner(path: Path, modified_ns: int, size: int, outer: tuple[str, ...]) -> _Folder:
    """The zip within zips at `outer`. Only the innermost stays in memory."""
    folder = _opened(path, modified_ns, size)
    for name in outer:
        folder = _Folder(_in_memory(folder.read(name, MAX_INNER_ZIP_BYTES)))
    return folder


# A forked process shares its parent's open files, and with them the place where both read.
os.register_at_fork(after_in_child=_opened.cache_clear)


def _members(folder: _Folder, prefix: str, depth: int, budget: _Budget) -> Iterator[Member]:
    for name, info in folder.entries.items():
        if budget.is_spent:
            return
        member, inner = _examine(folder, name, prefix, budget)
        if inner is None:
            if member.name in budget.names:
                member = Member(_numbered(member.name, budget.names), info.file_size, None, _SAME_NAME)
            budget.names.add(member.name)
            budget.members -= 1
            yield member
        elif depth == MAX_DEPTH:
            yield Member(member.name, info.file_size, None, _TOO_DEEP)
        else:
            yield from _members(inner, f"{member.name}/", depth + 1, budget)


def _examine(folder: _Folder, name: str, prefix: str, budget: _Budget) -> tuple[Member, _Folder | None]:
    """The member as it is listed, and its files where it is a zip of files itself."""
    info = folder.entries[name]
    refused = Member(prefix + name, info.file_size, None)
    refusal = _refusal(info, MAX_INNER_ZIP_BYTES)
    if budget.members <= 0 or (not refusal and info.file_size > budget.total_bytes):
        budget.is_spent = True
        return replace(refused, refusal=_TOO_MANY), None
    if refusal:
        return replace(refused, refusal=refusal), None
    budget.total_bytes -= info.file_size
    try:
        with folder.open(name) as content:
            start = content.read(2)
            if start == ZIP_SIGNATURE:
                data = start + content.read()
                if _is_plain_zip(_in_memory(data)):
                    return refused, _Folder(_in_memory(data))
                digest = hashlib.sha256(data)
            else:
                digest = hashlib.sha256(start)
                while chunk := content.read(_CHUNK):
                    digest.update(chunk)
    except BAD_ZIP:
        return replace(refused, refusal=_BROKEN), None
    if info.file_size > MAX_BYTES:
        return replace(refused, refusal=_TOO_LARGE), None
    return replace(refused, sha256=digest.hexdigest()), None


def _refusal(info: zipfile.ZipInfo, limit: int) -> tuple[str, str] | None:
    if info.flag_bits & 1:
        return _ENCRYPTED
    is_bomb = info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * info.compress_size
    return _TOO_LARGE if info.file_size > limit or is_bomb else None


def _in_memory(data: bytes) -> _ZipBytes:
    return _ZipBytes(BytesIO(data))


def _is_plain_zip(file: _ZipBytes) -> bool:
    try:
        content = zipfile.ZipFile(file)
        names = content.namelist()
        mimetype = (
            content.read("mimetype") if "mimetype" in names and content.getinfo("mimetype").file_size < 200 else b""
        )
    except BAD_ZIP:
        return False
    return package_type(frozenset(names), mimetype) == ZIP


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: zips made under Chinese Windows hold GBK, which the library reads as cp437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.orig_filename


def _harmless(name: str) -> str:
    """The name as a path below the bundle, without any way out of it; "" for what is hidden or a tool's own."""
    visible = "".join(char if char.isprintable() else "_" for char in name.replace("\\", "/"))
    parts = [part for part in visible.split("/") if part.strip(" .")]
    if any(part.startswith((".", "_", "~$")) for part in parts):
        return ""
    return "/".join(part.replace(":", "_") for part in parts)[-_MAX_NAME:].lstrip("/")


def _numbered(name: str, taken: set[str]) -> str:
    return next(unique for number in count(2) if (unique := f"{name} ({number})") not in taken)
