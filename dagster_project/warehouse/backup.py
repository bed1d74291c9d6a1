"""A warehouse in one file, and back: the releases, which of them is published, the ledger with its verdicts, the outbox, and the accounts.

What can be made again from the inbox (the build database) is left out unless it is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

import duckdb

from expectations.ledger.journal import journal_of

from .connections import connect_build
from .paths import WarehousePaths
from .releases import list_releases, point_to, published
from .runs import writing

_FORMAT = 1
_MANIFEST = "manifest.json"
_NAME = re.compile(r"releases/[\w-]+\.duckdb|(ledger|outbox|accounts)\.sqlite|verdicts\.jsonl|build\.duckdb")
"""The files that a backup may hold, by their name in the warehouse folder."""
_PIECE = 1 << 20
_PRIVATE, _OWNER_ONLY = "accounts.sqlite", 0o600
"""What holds hashes of passwords, and its mode, and that of a backup with it."""
_QUICKLY = 1
"""Releases are compressed already: more than gzip's least effort takes minutes and saves little."""


class BackupFailed(Exception):
    """No backup was written, or nothing restored; the message says why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A file of a backup: its size in bytes and its hash."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `gongkai` and `duckdb` are the versions that wrote it, `created_at` is UTC, `published` the id of the release
    that was served, `files` those of the warehouse folder by their name in it."""

    format: int
    gongkai: str
    duckdb: str
    created_at: str
    published: str
    files: Mapping[str, StoredFile]


def back_up(paths: WarehousePaths, target: Path, *, with_build: bool = False) -> tuple[Path, Manifest]:
    """Write the warehouse to the file `target`, or to a file named by the time in the folder `target`; builds, readers and people who give
    verdicts may go on meanwhile. Only `with_build` keeps builds out. Returns the file and its manifest.

    Raises:
        BackupFailed: when nothing is published, `target` exists, or it cannot be written.
        AnotherBuildRuns: when a build is at work and its database was asked for.
    """
    now = datetime.now(UTC)
    if target.is_dir():
        target = target / f"gongkai-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise BackupFailed(f"{target} 已存在；请另选一个文件名，或先移走它。")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.mkdir(parents=True)
        with ExitStack() as open_files:
            open_files.enter_context(writing(paths) if with_build else nullcontext())
            release_id, files = _open_releases(paths, open_files)
            for source in (paths.ledger, paths.outbox, paths.accounts):
                if source.exists():
                    files[source.name] = open_files.enter_context(_copy_of(source, draft))
            # After the ledger: a verdict is in the journal first, so the journal has every verdict of the copy.
            if (journal := journal_of(paths.ledger)).exists():
                files[journal.name] = open_files.enter_context(journal.open("rb"))
            if with_build:
                connect_build(paths).close()  # takes in what a killed build left in its log
                files[paths.build.name] = open_files.enter_context(paths.build.open("rb"))
            stored = {name: _stored(file) for name, file in files.items()}
            manifest = Manifest(
                _FORMAT, version("gongkai"), duckdb.__version__, f"{now:%Y-%m-%dT%H:%M:%SZ}", release_id, stored
            )
            _write(draft / "backup", manifest, files)
            if _PRIVATE in files:
                (draft / "backup").chmod(_OWNER_ONLY)
        (draft / "backup").rename(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"备份失败：{error}；请检查目录权限和磁盘空间，台账损坏时请先运行 gongkai build。"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target, manifest


def _open_releases(paths: WarehousePaths, open_files: ExitStack) -> tuple[str, dict[str, BinaryIO]]:
    """The published release's id, and every release, open: what retention removes meanwhile can still be read."""
    while (release_id := published(paths)) is not None:
        files: dict[str, BinaryIO] = {}
        for release in list_releases(paths):
            try:
                file = open_files.enter_context((paths.releases / f"{release}.duckdb").open("rb"))
            except FileNotFoundError:
                continue  # removed since it was listed
            files[f"releases/{release}.duckdb"] = file
        if f"releases/{release_id}.duckdb" in files:
            return release_id, files
    raise BackupFailed(f"{paths.root} 还没有发布过版本；请先运行 gongkai build。")


@contextmanager
def _copy_of(database: Path, folder: Path) -> Iterator[BinaryIO]:
    """SQLite's own copy: consistent, whoever writes meanwhile."""
    copy = folder / database.name
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as destination:
        source.backup(destination)
    with copy.open("rb") as file:
        yield file


def _stored(file: BinaryIO) -> StoredFile:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")
    return StoredFile(file.tell(), digest.hexdigest())


def _write(target: Path, manifest: Manifest, files: Mapping[str, BinaryIO]) -> None:
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=2).encode()
    with target.open("wb") as output:
        with tarfile.open(fileobj=output, mode="w:gz", compresslevel=_QUICKLY) as archive:
            archive.addfile(_entry(_MANIFEST, len(content), manifest), BytesIO(content))
            for name, file in files.items():
                file.seek(0)
                archive.addfile(_entry(name, manifest.files[name].bytes, manifest), file)
        output.flush()
        os.fsync(output.fileno())


def _entry(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mtime = datetime.fromisoformat(manifest.created_at).timestamp()
    return entry


# --- Back ------------------------------------------------------------------------------------------------------------


def restore(paths: WarehousePaths, source: Path, *, force: bool = False) -> tuple[Manifest, Path | None]:
    """Make the warehouse what it was when the backup was written. Everything is unpacked beside it and verified before any of it takes
    its place. With `force` a warehouse that holds something is replaced; what it held is kept in a folder of its own.

    Returns the manifest, and the folder with what was there before.

    Raises:
        BackupFailed: when the file is no sound backup, or the warehouse holds something.
        AnotherBuildRuns: when a build is at work there.
    """
    if not force and (found := _found(paths)):
        raise BackupFailed(
            f"{paths.root} 中已有 {found[0].name}；恢复到空目录，或用 --force 替换（原有内容会另存，不会删除）。"
        )
    draft = paths.root / f".restore-{os.getpid()}"
    try:
        with writing(paths):
            draft.mkdir()
            manifest = _unpack(source, draft)
            _verify(draft, manifest)
            kept = _put_aside(paths, manifest) if _found(paths) else None
            for name in manifest.files:
                place = paths.root / name
                place.parent.mkdir(exist_ok=True)
                (draft / name).rename(place)
            point_to(paths, manifest.published)
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise BackupFailed(f"{source} 无法恢复：{error}；请检查文件是否完整、磁盘空间是否足够。") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest, kept


def _found(paths: WarehousePaths) -> list[Path]:
    """What a restore would replace."""
    places = [paths.current, paths.releases, paths.build, paths.build.with_name(f"{paths.build.name}.wal")]
    for database in (paths.ledger, paths.outbox, paths.accounts):
        places += [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm")]
    places.append(journal_of(paths.ledger))
    return [place for place in places if place.is_symlink() or place.exists()]


def _put_aside(paths: WarehousePaths, manifest: Manifest) -> Path:
    """Move what is there into a folder of its own. A build database stays, unless the backup has one: the next build brings it up to date."""
    kept = paths.root / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    kept.mkdir()
    for place in _found(paths):
        if not place.name.startswith(paths.build.name) or paths.build.name in manifest.files:
            place.rename(kept / place.name)
    return kept


def _unpack(source: Path, folder: Path) -> Manifest:
    """Unpack what the manifest lists, and nothing else, and compare it with the manifest."""
    with tarfile.open(source, "r:gz") as archive:
        first = archive.next()
        if first is None or first.name != _MANIFEST:
            raise BackupFailed(f"{source} 不是 gongkai 的备份：没有 {_MANIFEST}。")
        manifest = _read_manifest(source, _content(archive, first).read())
        missing = set(manifest.files)
        while (entry := archive.next()) is not None:
            if entry.name not in missing or not entry.isfile():
                raise BackupFailed(f"{source} 中的 {entry.name} 不在清单里；这不是 gongkai 写的备份，未恢复。")
            missing.remove(entry.name)
            place = folder / entry.name
            place.parent.mkdir(exist_ok=True)
            with place.open("w+b") as file:
                if place.name == _PRIVATE:
                    place.chmod(_OWNER_ONLY)
                shutil.copyfileobj(_content(archive, entry), file, _PIECE)
                is_same = _stored(file) == manifest.files[entry.name]
                os.fsync(file.fileno())
            if not is_same:
                raise BackupFailed(f"{source} 已损坏：{entry.name} 与清单不符；请换一份备份。")
    if missing:
        raise BackupFailed(f"{source} 不完整：缺少 {'、'.join(sorted(missing))}；请换一份备份。")
    return manifest


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(entry)
    if content is None:
        raise BackupFailed(f"{entry.name} 不是文件；这不是 gongkai 写的备份，未恢复。")
    return content


def _read_manifest(source: Path, content: bytes) -> Manifest:
    try:
        entries = json.loads(content)
        if entries["format"] > _FORMAT:
            raise BackupFailed(f"{source} 由更新的版本（gongkai {entries['gongkai']}）写成；请先升级再恢复。")
        files = {name: StoredFile(**stored) for name, stored in entries.pop("files").items()}
        manifest = Manifest(**entries, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFailed(f"{source} 的清单无法读取（{error}）；请换一份备份。") from error
    if not all(_NAME.fullmatch(name) for name in files) or f"releases/{manifest.published}.duckdb" not in files:
        raise BackupFailed(f"{source} 的清单列有不属于仓库的文件；这不是 gongkai 写的备份，未恢复。")
    return manifest


def _verify(folder: Path, manifest: Manifest) -> None:
    """That the databases are what they should be, and not just the bytes that were written."""
    for name in manifest.files:
        try:
            if name.endswith(".sqlite"):
                with closing(sqlite3.connect(folder / name)) as database:
                    if database.execute("pragma integrity_check").fetchall() != [("ok",)]:
                        raise sqlite3.DatabaseError("integrity_check")
            elif name == f"releases/{manifest.published}.duckdb":
                with duckdb.connect(str(folder / name), read_only=True) as release:
                    release.execute("from release_info")
        except (sqlite3.Error, duckdb.Error) as error:
            raise BackupFailed(
                f"备份中的 {name} 打不开（{error}）；由 gongkai {manifest.gongkai} 写成，未恢复。"
            ) from error
