"""Files that are odd whatever they hold: their names, their kinds, the notes beside them."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_SECRET = "双塔镇人民政府2022年政府信息公开工作年度报告"


def write_odd_files(folder: Path, report: bytes, outside: Path) -> int:
    """Fill `folder` with copies of `report` under odd names, and with what is no file; how many paths an inbox must tell.

    `outside` is a folder that is no part of the inbox; links point there.
    """
    folder.mkdir(parents=True)
    names = [
        *("a\nb.txt", "a\r\x1b[31mb.txt", "'; drop table raw.file; --.txt", '"quoted".txt', "[bold]x.txt", "[x"),
        *(
            "-rf.txt",
            "--help",
            "~",
            "%s%n.txt",
            "$(id).txt",
            "`id`.txt",
            "a b  .txt",
            " .txt",
            "😀🏳️‍🌈.txt",
            "\u202etxt.exe",
        ),
        *(
            "报" * 83 + ".txt",
            "x" * 251 + ".txt",
            "<script>alert(1)</script>.html".replace("/", "\\"),
            "\u3000.txt",
            "a.zip",
        ),
        *("C:\\evil.txt", "..\\..\\evil.txt", "con", "a.txt.", "*?.txt", "\x7f\x85.txt", "\u2028.txt", "\ufffe.txt"),
    ]
    for number, name in enumerate(names):
        (folder / name).write_bytes(report + b"\n" * number)
    # Names as an unpacked zip from Windows leaves them, names in no encoding at all, and two that would be told alike.
    raw = [
        b"\xce\xf7\xc6\xc2\xd5\xf2.txt",
        b"\xff\xfe\xfd.txt",
        b"\x80.txt",
        b"a\xed\xa0\x80.txt",
        "西坡镇.txt".encode(),
    ]
    for number, name in enumerate(raw):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(report + b" " * number)
    below = folder / os.fsdecode(b"\xb8\xca\xcb\xe0")
    below.mkdir()
    (below / "a.txt").write_bytes(report + b"\n \n")
    (folder / "[").mkdir()  # with the name in it the closing tag of a terminal's markup
    (folder / "[" / "red].txt").write_bytes(b" \n ")

    os.mkfifo(folder / "fifo.txt")
    os.mkfifo(folder / "fifo_note.txt.meta.json")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket may be 108 bytes long, and this path is longer
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(here)
    secret = outside / "secret.txt"
    secret.write_text(_SECRET, encoding="utf-8")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "outside.txt").symlink_to(secret)
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "folder_link").symlink_to(outside)
    (folder / "folder.txt").mkdir()
    (folder / "locked.txt").write_bytes(report + b"\t")
    (folder / "locked.txt").chmod(0)
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(1 << 40)
    notes = {
        "deep": "[" * 100_000,
        "surrogate": '{"organ": "\\ud800镇", "url": "\\udc00"}',
        "list": "[]",
        "date": '{"published_on": "9999-99-99"}',
        "number": '{"organ": ' + "9" * 10_000 + "}",
        "long": '{"organ": "' + "镇" * 1_000_000 + '"}',
    }
    for number, (name, note) in enumerate(notes.items()):
        (folder / f"note_{name}.txt").write_bytes(report + b"\t\n" * (number + 1))
        (folder / f"note_{name}.txt.meta.json").write_text(note, encoding="utf-8")
    with (folder / "note_sparse.txt.meta.json").open("wb") as sparse:
        sparse.truncate(1 << 40)
    return len(names) + len(raw) + 2 + 10
