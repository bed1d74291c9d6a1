"""A warehouse goes into one file and comes back; what is no sound backup changes nothing."""

from __future__ import annotations

import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project.warehouse.backup import BackupFailed, back_up, restore
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import drop_old_releases, list_releases, point_to, published
from dagster_project.warehouse.runs import AnotherBuildRuns, writing
from expectations.ledger import Ledger

FINGERPRINT = "0123456789abcdef0123456789abcdef"
RELEASES = ("20260101T000000-a", "20260102T000000-b", "20260103T000000-c")


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    """A warehouse with three releases, the second published, a ledger with a verdict, and an outbox."""
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.releases.mkdir(parents=True)
    for release in RELEASES:
        write_release(paths, release)
    point_to(paths, RELEASES[1])
    ledger = Ledger(paths.ledger)
    assert ledger.findings() == []
    with closing(sqlite3.connect(paths.ledger, isolation_level=None)) as connection:
        connection.execute(
            "insert into finding values (?, 'H1', 'error', 'a', 2022, 'application.total', 'r', '', '', '', '', 'new', '')",
            [FINGERPRINT],
        )
    ledger.give_verdict(FINGERPRINT, "confirmed", None, "李")
    with closing(sqlite3.connect(paths.outbox)) as connection:
        connection.execute("create table message (text)")
    return paths


def write_release(paths: WarehousePaths, release: str) -> None:
    """As the publisher does: a release has its name when it is whole."""
    draft = paths.releases / f"{release}.part"
    with duckdb.connect(str(draft)) as connection:
        connection.execute("create table release_info as select ? as run_id, range(20000) as filling", [release])
    draft.rename(draft.with_suffix(".duckdb"))


def content(paths: WarehousePaths) -> dict[str, bytes]:
    """Every file of the warehouse, but the lock."""
    return {
        str(file.relative_to(paths.root)): file.read_bytes()
        for file in paths.root.rglob("*")
        if file.is_file() and file != paths.lock
    }


def test_a_second_machine_has_what_the_first_had(paths: WarehousePaths, tmp_path: Path) -> None:
    file, manifest = back_up(paths, tmp_path)
    assert file.name.startswith("gongkai-")
    second = WarehousePaths(tmp_path / "second")
    assert restore(second, file) == (manifest, None)
    assert list_releases(second) == sorted(RELEASES, reverse=True)
    assert published(second) == RELEASES[1]
    (finding,) = Ledger(second.ledger).findings()
    assert (finding.fingerprint, finding.verdict, finding.given_by) == (FINGERPRINT, "confirmed", "李")
    same = [f"releases/{release}.duckdb" for release in RELEASES] + ["verdicts.jsonl"]
    assert [name for name in same if content(second)[name] != content(paths)[name]] == []
    with closing(sqlite3.connect(second.outbox)) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("message",)]


def test_the_build_database_is_in_it_if_asked_for_and_no_build_is_at_work(
    paths: WarehousePaths, tmp_path: Path
) -> None:
    with duckdb.connect(str(paths.build)) as connection:
        connection.execute("create table t as select 42 as answer")
    without, _ = back_up(paths, tmp_path / "without.tar.gz")
    file, _ = back_up(paths, tmp_path / "with.tar.gz", with_build=True)
    for source, has_build in ((without, False), (file, True)):
        second = WarehousePaths(tmp_path / source.stem)
        restore(second, source)
        assert second.build.exists() == has_build
    with duckdb.connect(str(second.build), read_only=True) as connection:
        assert connection.sql("from t").fetchall() == [(42,)]
    with writing(paths):
        back_up(paths, tmp_path / "meanwhile.tar.gz")
        with pytest.raises(AnotherBuildRuns):
            back_up(paths, tmp_path / "busy.tar.gz", with_build=True)


def test_a_backup_is_consistent_while_people_and_builds_write(paths: WarehousePaths, tmp_path: Path) -> None:
    ledger, finished = Ledger(paths.ledger), threading.Event()

    def give_verdicts() -> None:
        while not finished.is_set():
            ledger.give_verdict(FINGERPRINT, "dismissed", "说明", "王")

    def publish() -> None:
        number = 0
        while not finished.is_set():
            number += 1
            release = f"20260201T{number:06}-d"
            write_release(paths, release)
            point_to(paths, release)
            drop_old_releases(paths, keep=1)

    writers = [threading.Thread(target=give_verdicts), threading.Thread(target=publish)]
    for writer in writers:
        writer.start()
    backups = [back_up(paths, tmp_path / f"{number}.tar.gz")[0] for number in range(5)]
    finished.set()
    for writer in writers:
        writer.join()
    for number, file in enumerate(backups):
        second = WarehousePaths(tmp_path / f"second-{number}")
        manifest, _ = restore(second, file)
        assert published(second) == manifest.published
        with closing(sqlite3.connect(second.ledger)) as connection:
            given = connection.execute("select count(*) from verdict").fetchall()[0][0]
        assert 1 <= given <= len((second.root / "verdicts.jsonl").read_text(encoding="utf-8").splitlines())


def test_a_warehouse_that_holds_something_is_replaced_by_force_only_and_kept(
    paths: WarehousePaths, tmp_path: Path
) -> None:
    file, _ = back_up(paths, tmp_path / "backup.tar.gz")
    Ledger(paths.ledger).give_verdict(FINGERPRINT, "dismissed", "后来的裁定", "王")
    point_to(paths, RELEASES[2])
    before = content(paths)
    with pytest.raises(BackupFailed, match="--force"):
        restore(paths, file)
    assert content(paths) == before
    _, kept = restore(paths, file, force=True)
    assert published(paths) == RELEASES[1]
    assert Ledger(paths.ledger).findings()[0].verdict == "confirmed"
    assert kept is not None
    assert content(WarehousePaths(kept)) == before
    assert published(WarehousePaths(kept)) == RELEASES[2]


def rewritten(file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> None:
    """Write the archive anew after `change` altered its files or its manifest."""
    with tarfile.open(file, "r:gz") as archive:
        files = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    with tarfile.open(file, "w:gz") as archive:
        for name, data in {"manifest.json": json.dumps(manifest).encode(), **files}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, BytesIO(data))


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-2000])


def flip_a_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def no_archive(file: Path) -> None:
    file.write_bytes(b"hello")


def other_content(file: Path) -> None:
    rewritten(file, lambda files, manifest: files.update({"ledger.sqlite": files["ledger.sqlite"][:-1] + b"x"}))


def without_a_file(file: Path) -> None:
    rewritten(file, lambda files, manifest: files.pop("verdicts.jsonl"))


def with_a_foreign_file(file: Path) -> None:
    rewritten(file, lambda files, manifest: files.update({"../outside.txt": b"x"}))


def with_a_foreign_file_that_is_listed(file: Path) -> None:
    def change(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        files["../outside.txt"] = b""
        manifest["files"]["../outside.txt"] = {"bytes": 0, "sha256": ""}

    rewritten(file, change)


def of_a_newer_version(file: Path) -> None:
    rewritten(file, lambda files, manifest: manifest.update({"format": 99}))


def without_a_manifest(file: Path) -> None:
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("something"), BytesIO())


@pytest.mark.parametrize(
    "damage",
    [
        cut_off,
        flip_a_byte,
        no_archive,
        other_content,
        without_a_file,
        with_a_foreign_file,
        with_a_foreign_file_that_is_listed,
        of_a_newer_version,
        without_a_manifest,
    ],
)
def test_what_is_no_sound_backup_changes_nothing(
    paths: WarehousePaths, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    file, _ = back_up(paths, tmp_path / "backup.tar.gz")
    damage(file)
    before = content(paths)
    with pytest.raises(BackupFailed):
        restore(paths, file, force=True)
    assert content(paths) == before
    assert published(paths) == RELEASES[1]
    assert not (tmp_path / "outside.txt").exists()


def test_a_backup_whose_release_is_no_release_is_not_restored(paths: WarehousePaths, tmp_path: Path) -> None:
    (paths.releases / f"{RELEASES[1]}.duckdb").write_bytes(b"no database")
    file, _ = back_up(paths, tmp_path / "backup.tar.gz")
    with pytest.raises(BackupFailed, match=RELEASES[1]):
        restore(WarehousePaths(tmp_path / "second"), file)


def test_no_file_is_overwritten_and_nothing_is_left_of_a_failed_backup(paths: WarehousePaths, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    target.touch()
    with pytest.raises(BackupFailed, match="已存在"):
        back_up(paths, target)
    paths.ledger.write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupFailed, match="gongkai build"):
        back_up(paths, tmp_path / "other.tar.gz")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backup.tar.gz", "warehouse"]


def test_nothing_published_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="gongkai build"):
        back_up(WarehousePaths(tmp_path / "none"), tmp_path)
