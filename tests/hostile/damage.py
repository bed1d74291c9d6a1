"""Damage done to documents: by chance with a seed, so that the same seed gives the same bytes, inside packages as well as outside.

What does not belong here: files that are hostile by design (`nasty.py`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from dagster_project.demo.corpus import sample_files
from dagster_project.demo.variety import choose

_REPEATS = 1_000
_REPEATED_BYTES = 2_000


def sample_documents(count: int, seed: int) -> list[tuple[str, bytes]]:
    """(name, bytes) of sample reports, every format and layout in turn."""
    variety = choose(["all"], ["all"], is_flat=True)
    return [(file.path, file.data) for file in sample_files(count, seed, variety)]


def damaged(data: bytes, random: Random) -> bytes:
    """The document after one to three mutations; of a package sometimes one part is damaged and all is packed again."""
    if data.startswith(b"PK") and random.random() < 0.6:
        return _with_damaged_part(data, random)
    for _ in range(random.randint(1, 3)):
        data = random.choice(_MUTATIONS)(data, random)
    return data


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _beheaded(data: bytes, random: Random) -> bytes:
    return data[random.randrange(len(data) + 1) :]


def _lines_shuffled(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _blocks_shuffled(data: bytes, random: Random) -> bytes:
    size = random.choice((1, 2, 3, 16, 100, 1_000))
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    random.shuffle(blocks)
    return b"".join(blocks)


def _bits_flipped(data: bytes, random: Random) -> bytes:
    content = bytearray(data)
    for _ in range(random.choice((1, 10, 1_000)) if content else 0):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return bytes(content)


def _noise_inserted(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.randbytes(random.choice((1, 30, 5_000))) + data[place:]


def _noise_written_over(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    noise = random.randbytes(random.choice((1, 30, 500)))
    return data[:place] + noise + data[place + len(noise) :]


def _piece_repeated(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.randint(1, _REPEATED_BYTES)]
    return data[:start] + piece * _REPEATS + data[start:]


def _piece_removed(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randint(1, _REPEATED_BYTES) :]


def _pieces_swapped(data: bytes, random: Random) -> bytes:
    first, second, third = sorted(random.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


Mutation = Callable[[bytes, Random], bytes]
_MUTATIONS: Sequence[Mutation] = (
    _cut,
    _cut,
    _beheaded,
    _lines_shuffled,
    _blocks_shuffled,
    _bits_flipped,
    _noise_inserted,
    _noise_written_over,
    _piece_repeated,
    _piece_removed,
    _pieces_swapped,
)


def _with_damaged_part(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    # The largest part is the document's body or its sheet; the others matter less and are hit less often.
    name = max(parts, key=lambda part: len(parts[part])) if random.random() < 0.7 else random.choice(sorted(parts))
    parts[name] = random.choice(_MUTATIONS)(parts[name], random)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return file.getvalue()
