"""The inbox: what lies in a folder of reports, each file with what is known of it from outside.

A zip is a folder of files, told as `archive.zip/inner/name.docx`. A sidecar `NAME.meta.json` tells where its document was found:
{"url": …, "published_on": "2024-01-15", "organ": …}; it is no file of its own unless it cannot be read.

What does not belong here: reading the documents (`reading.py`).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO, Any, NamedTuple

from dagster_project.bundle import ZIP_SIGNATURE, Member, is_bundle, members, read_member
from dagster_project.report_parser import Hints
from dagster_project.report_parser.formats import MAX_BYTES

_SIDECAR = ".meta.json"
_MAX_SIDECAR_BYTES = 1 << 16
_CHUNK = 1 << 20
_LEAST_CHUNK = 1 << 16
"""A file that is still being written may be empty when it is opened, and is not to be read byte by byte."""
_LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
_UNREADABLE_SIDECAR = (
    "sidecar_unreadable",
    '附带说明文件无法读取，或没有对应的报告；应为 {"url": "https://…", "published_on": "2024-01-15", "organ": "…"}。',
)


_NO_HINTS = Hints()
_NO_FILE = "是链接、管道、设备等，不是文件"
_ERRNO_OF_NO_FILE = (errno.ELOOP, errno.ENXIO)
"""What a link and a socket are refused with."""
_TOO_LARGE = ("too_large", f"文件过大，上限为 {MAX_BYTES:,} 字节；请拆分后再放入。")

_UNTELLABLE = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no screen or table can hold, or what makes a name read as another one."""

Names = Sequence[tuple[Path, Sequence[str]]]
"""Folders, each with the names of what it holds beside folders."""


class InboxFile(NamedTuple):
    """A file that lies in the inbox. `path` is relative to it, `disk` where it is now; `modified_at` carries its time zone.

    `path` can be shown and stored: a name in GBK is decoded, and what cannot be shown stands as its escape (`\\x1b`).
    A file that cannot be opened, or is too large for any report, is listed under a hash of its path, so that it is kept and can be
    explained; `refusal` is then its reason and message.

    A named tuple: of all records these cost least to make and to hand to another process.
    """

    path: str
    disk: str
    sha256: str
    size_bytes: int
    modified_at: datetime
    member: str | None = None
    hints: Hints = _NO_HINTS
    refusal: tuple[str, str] | None = None

    @property
    def context(self) -> str:
        """What the reading depends on beside the bytes, as a hash: the folders' names and the sidecar."""
        folders, _, _ = self.path.rpartition("/")
        told = f"{folders}\n{self.hints.organ}\n{self.hints.url}\n{self.hints.published_on}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def read(self) -> bytes:
        """The bytes. Raises OSError where the file cannot be opened any more."""
        if self.member is not None:
            return read_member(Path(self.disk), self.member)
        with _opened(self.disk) as content:
            return content.read(self.size_bytes + 1)  # one that has grown since is told by its hash


def list_files(start: Path, root: Path | None = None, names_by_folder: Names | None = None) -> Iterator[InboxFile]:
    """The files at or below `start`, sorted by folder, their paths relative to `root`, or as `start` begins.

    Names that begin with . or _ are not part of an inbox. Links are listed, but not followed. `names_by_folder` is what `list_names` told
    of `start`, where it was asked before.
    """
    odd: set[str] = set()
    for folder, names in _walk(start) if names_by_folder is None else names_by_folder:
        told = _Sidecars(names, _reader_of(folder))
        place = os.path.join(folder, "")
        within = (folder.relative_to(root) if root else folder).as_posix()
        for name in names:
            disk = place + name
            path = name if within == "." else f"{within}/{name}"
            if _UNTELLABLE.search(path):
                path = _tellable(path, root or Path(), odd)
            if name in told.broken:
                yield from _refused(path, disk, _UNREADABLE_SIDECAR)
            elif name not in told.sidecars:
                yield from _files(path, disk, told.hints(name))


def list_names(inbox: Path) -> Names:
    """The folders of an inbox, each with the names of its files, sidecars included: a quick guess of what `list_files` will tell."""
    return list(_walk(inbox))


def fingerprint(inbox: Path, *, also: str) -> str | None:
    """A cheap hash of what lies in the inbox, by names, sizes and times and without opening a file; None where no file does.

    It differs whenever a file was added, removed, renamed or written to. `also` is a name at the top that counts although no report is
    read from it.
    """
    digest = hashlib.sha256()
    files = ((folder, name) for folder, names in _walk(inbox) for name in names)
    is_empty = True
    for folder, name in chain(files, [(inbox, also)]):
        path = os.path.join(folder, name)
        try:
            state = os.lstat(path)
        except OSError:
            continue  # gone since it was listed, or no register there
        digest.update(os.fsencode(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n"))
        is_empty = False
    return None if is_empty else digest.hexdigest()[:16]


def _tellable(path: str, root: Path, odd: set[str]) -> str:
    """`path` as it can be shown and stored, told apart from every other path: `odd` are those made so far."""
    shown = _UNTELLABLE.sub(
        lambda match: match[0].encode("unicode_escape").decode(), "/".join(map(_decoded, path.split("/")))
    )
    numbered = (f"{shown} ({number})" if number > 1 else shown for number in count(1))
    unique = next(each for each in numbered if each not in odd and not os.path.lexists(root / each))
    odd.add(unique)
    return unique


def _decoded(name: str) -> str:
    """The name as it was meant where it is no UTF-8: folders that were packed under Chinese Windows have names in GBK."""
    data = os.fsencode(name)
    try:
        return data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return data.decode(errors="backslashreplace")


def _opened(disk: str) -> IO[bytes]:
    """The file's bytes. Raises OSError as `_open` does."""
    return os.fdopen(_open(disk)[0], "rb", buffering=0)  # it is read once and whole


def _open(disk: str) -> tuple[int, os.stat_result]:
    """A handle of the file, to be closed, and its details.

    Raises:
        OSError: where it cannot be opened or is no file: a pipe would be waited for, and a link may lead anywhere.
    """
    try:
        handle = os.open(disk, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise OSError(error.errno, _NO_FILE if error.errno in _ERRNO_OF_NO_FILE else error.strerror) from error
    details = os.fstat(handle)
    if not stat.S_ISREG(details.st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, _NO_FILE)
    return handle, details


def _reader_of(folder: Path) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        with _opened(os.path.join(folder, name)) as content:
            return content.read(_MAX_SIDECAR_BYTES + 1)

    return read


class _Sidecars:
    """The sidecars among some names that lie in one place. `broken` are those that cannot be read or have no document."""

    def __init__(self, names: Sequence[str], read: Callable[[str], bytes]) -> None:
        told = {name: _hints(read, name) for name in names if name.endswith(_SIDECAR)}
        documents = [name for name in names if name not in told] if told else []
        described = {*documents, *map(_without_ending, documents)}
        self.sidecars = frozenset(told)
        self.broken = {
            name for name, hints in told.items() if not hints or name.removesuffix(_SIDECAR) not in described
        }
        self._told = {name.removesuffix(_SIDECAR): hints for name, hints in told.items() if hints}

    def hints(self, name: str) -> Hints:
        """What is told of a document: by the sidecar of its name, or of its name without the ending."""
        if not self._told:
            return _NO_HINTS
        return self._told.get(name) or self._told.get(_without_ending(name)) or _NO_HINTS


def _without_ending(name: str) -> str:
    """The path without the ending of its last part: `archive.d/name` for `archive.d/name.txt`. `PurePath` takes six times as long."""
    dot = name.rfind(".")
    return name[:dot] if name.rfind("/") + 1 < dot < len(name) - 1 else name


def _walk(start: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder and the names of what it holds beside folders. One that cannot be listed is a name of its parent."""
    if start.is_file():
        start = start.resolve() if start.is_symlink() else start
        sidecars = [f"{name}{_SIDECAR}" for name in (start.name, start.stem)]
        yield start.parent, [start.name, *(name for name in sidecars if (start.parent / name).exists())]
        return
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        folders: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.name.startswith((".", "_")):
                        (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.name)
        except OSError:
            yield folder.parent, [folder.name]
            continue
        yield folder, sorted(names)
        waiting.extend(folder / name for name in sorted(folders, reverse=True))


def _hints(read: Callable[[str], bytes], name: str) -> Hints | None:
    """What a sidecar tells, or None where it cannot be read."""
    try:
        data = read(name)
        if len(data) > _MAX_SIDECAR_BYTES:
            return None
        told: Any = json.loads(data.decode("utf-8-sig"))
        published = told.get("published_on")
        return Hints(
            organ=_text(told.get("organ")),
            url=_text(told.get("url")),
            published_on=date.fromisoformat(published) if published else None,
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _text(told: object) -> str | None:
    """Raises ValueError where the text is half of a character, which no table can hold."""
    if not isinstance(told, str):
        return None
    told.encode()
    return told.strip() or None


def _files(path: str, disk: str, hints: Hints) -> Iterator[InboxFile]:
    """A file, or the members of a zip."""
    try:
        handle, details = _open(disk)
        try:
            modified_at = _modified_at(details)
            most = min(max(details.st_size + 1, _LEAST_CHUNK), _CHUNK)
            start = os.read(handle, most)
            found = _bundled(Path(disk)) if start.startswith(ZIP_SIGNATURE) else []
            if not found and details.st_size <= MAX_BYTES:
                digest = hashlib.sha256(start)
                unread = details.st_size - len(start)
                while unread > 0 and (chunk := os.read(handle, most)):
                    digest.update(chunk)
                    unread -= len(chunk)
        finally:
            os.close(handle)
    except OSError as error:
        yield from _refused(
            path, disk, ("unreadable", f"文件无法打开（{error.strerror or error}）；请检查后重新放入。")
        )
        return
    if found:
        yield from _members(path, disk, modified_at, found)
    elif details.st_size > MAX_BYTES:
        yield from _refused(path, disk, _TOO_LARGE)
    else:
        yield InboxFile(path, disk, digest.hexdigest(), details.st_size, modified_at, hints=hints)


def _bundled(disk: Path) -> list[Member]:
    return list(members(disk)) if is_bundle(disk) else []


def _members(path: str, disk: str, modified_at: datetime, found: Sequence[Member]) -> Iterator[InboxFile]:
    told = _Sidecars([member.name for member in found], lambda name: read_member(Path(disk), name))
    for member in found:
        if member.name in told.sidecars - told.broken:
            continue
        inner = f"{path}/{member.name}"
        refusal = _UNREADABLE_SIDECAR if member.name in told.broken else member.refusal
        sha256 = member.sha256 or _hash_of_path(inner)
        yield InboxFile(inner, disk, sha256, member.size, modified_at, member.name, told.hints(member.name), refusal)


def _refused(path: str, disk: str, refusal: tuple[str, str]) -> Iterator[InboxFile]:
    """The file with its refusal; nothing where it went away since it was listed."""
    try:
        details = os.lstat(disk)
    except OSError:
        return
    yield InboxFile(path, disk, _hash_of_path(path), details.st_size, _modified_at(details), refusal=refusal)


def _modified_at(details: os.stat_result) -> datetime:
    """Some file systems hold years that no calendar has."""
    return datetime.fromtimestamp(min(max(details.st_mtime, 0), _LAST_SECOND), UTC)


def _hash_of_path(path: str) -> str:
    return hashlib.sha256(f"unreadable:{path}".encode()).hexdigest()
