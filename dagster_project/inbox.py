"""The inbox: finding the files of a folder and reading each, whatever state it is in."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dagster_project.report_parser import Report, parse, rejected
from dagster_project.warehouse.landing import InboxFile


def walk(path: Path) -> Iterator[Path]:
    """The files at or below `path`, sorted; names that begin with . or _ are not part of an inbox. Links are not followed."""
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith((".", "_")))


def identify(path: Path, root: Path) -> InboxFile:
    """What stands in the inbox listing for `path`; the path is told relative to `root`.

    A file that cannot be opened is listed under a hash of its path, so that it is kept and can be explained.
    """
    relative = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        sha256 = hashlib.sha256(f"unreadable:{relative}".encode()).hexdigest()
    details = path.lstat()
    return InboxFile(relative, sha256, details.st_size, datetime.fromtimestamp(details.st_mtime, UTC))


def read(path: Path, source: str, sha256: str | None = None) -> Report:
    """The report in `path`. A file that cannot be opened, or that the parser fails on, is a rejected report with its reason.

    `sha256` is the hash that the listing knows the file by; without it that of the bytes.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        unread = sha256 or hashlib.sha256(f"unreadable:{source}".encode()).hexdigest()
        return rejected(source, unread, "unreadable", f"文件无法打开（{error.strerror}）；请检查权限后重新构建。")
    try:
        return parse(data, source)
    except Exception:
        where = traceback.format_exc(limit=-1).strip().splitlines()
        message = f"读取程序出错，文件已保留，请将其提供给维护者：{where[-1]}（{where[1].strip()}）"
        return rejected(source, hashlib.sha256(data).hexdigest(), "parser_error", message)
