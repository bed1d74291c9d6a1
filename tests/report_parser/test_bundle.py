"""Zips as folders of files: what is listed can be read, and what cannot be read is listed with its reason."""

from __future__ import annotations

import hashlib
import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from dagster_project import bundle
from dagster_project.bundle import Member, is_bundle, members, read_member


def zipped(**files: bytes) -> bytes:
    return zipped_pairs(files.items())


def zipped_pairs(pairs: object) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:  # type: ignore[attr-defined]
            archive.writestr(name, content)
    return file.getvalue()


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "a.zip"
    path.write_bytes(data)
    return path


def refusals(path: Path) -> dict[str, str | None]:
    return {member.name: member.refusal and member.refusal[0] for member in members(path)}


def word() -> bytes:
    file = BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def test_what_is_listed_can_be_read(tmp_path: Path) -> None:
    files = {
        "甘肃省/正宁县/西坡镇.txt": "报告".encode(),
        "报告.docx": word(),
        "里.zip": zipped(**{"乙/丙.zip": zipped(丁=b"4"), "戊.txt": b""}),
    }
    path = saved(tmp_path, zipped_pairs(files.items()))
    listed = list(members(path))
    assert [member.name for member in listed] == [
        "甘肃省/正宁县/西坡镇.txt",
        "报告.docx",
        "里.zip/乙/丙.zip/丁",
        "里.zip/戊.txt",
    ]
    for member in listed:
        data = read_member(path, member.name)
        assert member == Member(member.name, len(data), hashlib.sha256(data).hexdigest())
    assert read_member(path, "报告.docx") == files["报告.docx"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(zipped(a=b"1"), True, id="zip"),
        pytest.param(word(), False, id="docx"),
        pytest.param(word()[:-9], False, id="docx_cut"),
        pytest.param(b"PK are two letters", False, id="text"),
        pytest.param(b"", False, id="no_bytes"),
    ],
)
def test_is_bundle(data: bytes, expected: bool, tmp_path: Path) -> None:
    assert is_bundle(saved(tmp_path, data)) is expected


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        pytest.param("../../etc/passwd", "etc/passwd", id="up"),
        pytest.param("/etc/passwd", "etc/passwd", id="absolute"),
        pytest.param("C:\\报告\\..\\a.txt", "C_/报告/a.txt", id="windows"),
        pytest.param("\\\\host\\share\\a.txt", "host/share/a.txt", id="host"),
        pytest.param("a\nb\x1b[31m.txt", "a_b_[31m.txt", id="control_characters"),
        pytest.param("__MACOSX/._a.txt", None, id="mac"),
        pytest.param("甲/.hidden/a.txt", None, id="hidden"),
        pytest.param("~$报告.docx", None, id="word_lock"),
        pytest.param("甲/", None, id="folder"),
        pytest.param("..", None, id="only_up"),
    ],
)
def test_names_are_harmless(stored: str, name: str | None, tmp_path: Path) -> None:
    path = saved(tmp_path, zipped(**{stored: b"1", "b.txt": b"2"}))
    assert [member.name for member in members(path)] == ([name] if name else []) + ["b.txt"]
    if name:
        assert read_member(path, name) == b"1"
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_names_in_gbk(tmp_path: Path) -> None:
    data = zipped(**{"xxxx.txt": b"1"}).replace(b"xxxx", "西坡".encode("gbk"))
    assert [member.name for member in members(saved(tmp_path, data))] == ["西坡.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_names_are_told_apart(tmp_path: Path) -> None:
    inner = zipped(x=b"3")
    path = saved(tmp_path, zipped_pairs([("a", b"1"), ("a", b"2"), ("z.zip/x", b"4"), ("z.zip", inner)]))
    listed = list(members(path))
    assert [(member.name, member.refusal and member.refusal[0]) for member in listed] == [
        ("a", None),
        ("a (2)", None),
        ("z.zip/x", None),
        ("z.zip/x (2)", "broken_file"),
    ]
    assert [read_member(path, member.name) for member in listed[:3]] == [b"1", b"2", b"4"]


def test_one_bad_member_hides_no_other(tmp_path: Path) -> None:
    bomb = b"0" * (40 << 20)
    data = bytearray(zipped(good=b"1", bomb=bomb, damaged=b"damaged content", last=b"2", huge=b""))
    inner = bytearray(zipped(locked=b"3"))
    for archive, name, place in ((inner, b"locked", 0), (data, b"damaged", None)):
        entry = archive.rindex(b"PK\x01\x02", 0, archive.rindex(name))
        if place is not None:
            archive[entry + 8] |= 1  # the flag of a password
        else:
            archive[entry + 16] ^= 0xFF  # the check sum
    path = saved(tmp_path, bytes(data))
    assert refusals(path) == {
        "good": None,
        "bomb": "bundle_too_large",
        "damaged": "broken_file",
        "last": None,
        "huge": None,
    }
    for name in ("bomb", "damaged", "absent", "good/x", "../good", ""):
        with pytest.raises(OSError, match="压缩包"):
            read_member(path, name)
    assert refusals(saved(tmp_path, bytes(inner))) == {"locked": "bundle_encrypted"}


def test_a_false_size_does_not_unfold(tmp_path: Path) -> None:
    data = zipped(bomb=b"0" * (50 << 20)).replace(struct.pack("<I", 50 << 20), struct.pack("<I", 1000))
    start = time.process_time()
    assert refusals(saved(tmp_path, data)) == {"bomb": "broken_file"}
    assert time.process_time() - start < 1


def test_zips_too_deep(tmp_path: Path) -> None:
    data = zipped(a=b"1")
    for _ in range(5):
        data = zipped(**{"z.zip": data, "b": b"2"})
    path = saved(tmp_path, data)
    assert refusals(path) == {
        "z.zip/z.zip/z.zip": "bundle_too_large",
        "z.zip/z.zip/b": None,
        "z.zip/b": None,
        "b": None,
    }
    with pytest.raises(OSError, match="压缩包"):
        read_member(path, "z.zip/z.zip/z.zip/b")


@pytest.mark.parametrize(("limit", "value"), [("MAX_MEMBERS", 3), ("MAX_TOTAL_BYTES", 3)])
def test_bundle_over_its_limits_says_so_once(
    limit: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, limit, value)
    path = saved(tmp_path, zipped(**{f"{number}": b"1" for number in range(9)}))
    assert list(refusals(path).values()) == [None, None, None, "bundle_too_large"]


def test_truncated_bundle(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped(a=b"1")[:-5])
    assert not is_bundle(path)
    with pytest.raises(OSError, match="压缩包"):
        list(members(path))


def test_bundle_that_changed_is_read_anew(tmp_path: Path) -> None:
    assert read_member(saved(tmp_path, zipped(a=b"1")), "a") == b"1"
    assert read_member(saved(tmp_path, zipped(a=b"22", b=b"")), "a") == b"22"
