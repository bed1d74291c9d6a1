"""The inbox: what lies in a folder of reports, each file with what is known of it from outside.

A zip is a folder of files, told as `archive.zip/inner/name.docx`. A sidecar `NAME.meta.json` tells where its document was found:
{"url": …, "published_on": "2024-01-15", "organ": …}; it is no file of its own unless it cannot be read.

What does not belong here: reading the documents (`reading.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from dagster_project.bundle import ZIP_SIGNATURE, Member, is_bundle, members, read_member
from dagster_project.report_parser import Hints

_SIDECAR = ".meta.json"
_CHUNK = 1 << 20
_UNREADABLE_SIDECAR = (
    "sidecar_unreadable",
    '附带说明文件无法读取，或没有对应的报告；应为 {"url": "https://…", "published_on": "2024-01-15", "organ": "…"}。',
)


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that lies in the inbox. `path` is relative to it, `disk` where it is now; `modified_at` carries its time zone.

    A file that cannot be opened is listed under a hash of its path, so that it is kept and can be explained; `refusal` is then
    its reason and message.
    """

    path: str
    disk: Path
    sha256: str
    size_bytes: int
    modified_at: datetime
    member: str | None = None
    hints: Hints = field(default_factory=Hints)
    refusal: tuple[str, str] | None = None

    @property
    def context(self) -> str:
        """What the reading depends on beside the bytes, as a hash: the folders' names and the sidecar."""
        folders, _, _ = self.path.rpartition("/")
        told = f"{folders}\n{self.hints.organ}\n{self.hints.url}\n{self.hints.published_on}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def read(self) -> bytes:
        """The bytes. Raises OSError where the file cannot be opened any more."""
        return self.disk.read_bytes() if self.member is None else read_member(self.disk, self.member)


def list_files(start: Path, root: Path | None = None) -> Iterator[InboxFile]:
    """The files at or below `start`, sorted by folder, their paths relative to `root`, or as `start` begins.

    Names that begin with . or _ are not part of an inbox, and links are not followed.
    """
    for folder, names in _walk(start):
        told = _Sidecars(names, _reader_of(folder))
        within = (folder.relative_to(root) if root else folder).as_posix()
        for name in names:
            disk = folder / name
            path = name if within == "." else f"{within}/{name}"
            if name in told.broken:
                yield _refused(path, disk, _UNREADABLE_SIDECAR)
            elif name not in told.sidecars:
                yield from _files(path, disk, told.hints(name))


def _reader_of(folder: Path) -> Callable[[str], bytes]:
    return lambda name: (folder / name).read_bytes()


class _Sidecars:
    """The sidecars among some names that lie in one place. `broken` are those that cannot be read or have no document."""

    def __init__(self, names: Sequence[str], read: Callable[[str], bytes]) -> None:
        documents = {name for name in names if not name.endswith(_SIDECAR)}
        described = documents | {name.removesuffix(PurePosixPath(name).suffix) for name in documents}
        told = {name: _hints(read, name) for name in names if name.endswith(_SIDECAR)}
        self.sidecars = frozenset(told)
        self.broken = {
            name for name, hints in told.items() if not hints or name.removesuffix(_SIDECAR) not in described
        }
        self._told = {name.removesuffix(_SIDECAR): hints for name, hints in told.items() if hints}

    def hints(self, name: str) -> Hints:
        """What is told of a document: by the sidecar of its name, or of its name without the ending."""
        return self._told.get(name) or self._told.get(name.removesuffix(PurePosixPath(name).suffix)) or Hints()


def _walk(start: Path) -> Iterator[tuple[Path, list[str]]]:
    if start.is_file():
        sidecars = [f"{name}{_SIDECAR}" for name in (start.name, start.stem)]
        yield start.parent, [start.name, *(name for name in sidecars if (start.parent / name).exists())]
        return
    for folder, folders, names in os.walk(start):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield Path(folder), sorted(name for name in names if not name.startswith((".", "_")))


def _hints(read: Callable[[str], bytes], name: str) -> Hints | None:
    """What a sidecar tells, or None where it cannot be read."""
    try:
        told: Any = json.loads(read(name).decode("utf-8-sig"))
        published = told.get("published_on")
        return Hints(
            organ=_text(told.get("organ")),
            url=_text(told.get("url")),
            published_on=date.fromisoformat(published) if published else None,
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _text(told: object) -> str | None:
    return told.strip() or None if isinstance(told, str) else None


def _files(path: str, disk: Path, hints: Hints) -> Iterator[InboxFile]:
    """A file, or the members of a zip."""
    try:
        with disk.open("rb") as content:
            details = os.fstat(content.fileno())
            start = content.read(len(ZIP_SIGNATURE))
            digest = hashlib.sha256(start)
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
        modified_at = datetime.fromtimestamp(details.st_mtime, UTC)
        found = list(members(disk)) if start == ZIP_SIGNATURE and is_bundle(disk) else []
    except OSError as error:
        if os.path.lexists(disk):  # else it went away since it was listed
            yield _refused(path, disk, ("unreadable", f"文件无法打开（{error.strerror}）；请检查权限后重新构建。"))
        return
    if found:
        yield from _members(path, disk, modified_at, found)
    else:
        yield InboxFile(path, disk, digest.hexdigest(), details.st_size, modified_at, hints=hints)


def _members(path: str, disk: Path, modified_at: datetime, found: Sequence[Member]) -> Iterator[InboxFile]:
    told = _Sidecars([member.name for member in found], lambda name: read_member(disk, name))
    for member in found:
        if member.name in told.sidecars - told.broken:
            continue
        inner = f"{path}/{member.name}"
        refusal = _UNREADABLE_SIDECAR if member.name in told.broken else member.refusal
        sha256 = member.sha256 or _hash_of_path(inner)
        yield InboxFile(inner, disk, sha256, member.size, modified_at, member.name, told.hints(member.name), refusal)


def _refused(path: str, disk: Path, refusal: tuple[str, str]) -> InboxFile:
    details = disk.lstat()
    modified_at = datetime.fromtimestamp(details.st_mtime, UTC)
    return InboxFile(path, disk, _hash_of_path(path), details.st_size, modified_at, refusal=refusal)


def _hash_of_path(path: str) -> str:
    return hashlib.sha256(f"unreadable:{path}".encode()).hexdigest()
