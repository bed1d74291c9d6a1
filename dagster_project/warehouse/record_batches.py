"""Reports as record batches of the landing tables: what a reading process hands to the one that writes.

No array is made while this module is loaded: Arrow's allocator takes a gibibyte of addresses with the first one, which a reading process
may only try when its memory is limited (`reading.py`). What does not belong here: reading (report_parser) and writing (`landing.py`).
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate, chain, count, repeat
from operator import attrgetter
from typing import Any

import pyarrow as pa

from dagster_project.inbox import InboxFile
from dagster_project.report_parser import CellState, Report, parser_version
from dagster_project.report_parser.form import CellName

from .raw_schema import DOCUMENT, PARTS

Batch = dict[str, pa.RecordBatch]
"""For each landing table but `file` the rows of some reports."""

_DOCUMENT_FIELDS = {
    "province": "region.province",
    "city": "region.city",
    "county": "region.county",
    "township": "region.township",
    "region_code": "region.code",
}
"""Columns of `raw.document` that are named otherwise in `Report`."""

_PART_FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "finding": ("findings", {"code": "code", "severity": "severity", "message": "message"}),
    "section": ("sections", {"section_code": "code", "heading": "heading", "text": "text", "line": "line"}),
    "claim": (
        "claims",
        {name: name for name in ("kind", "code", "value", "is_approximate", "sentence", "line")},
    ),
}
"""Part table → (attribute of `Report` that holds its records, column → attribute of the record)."""

_PLACE_OF_STATE = {state: place for place, state in enumerate(CellState)}


def report_key(sha256: str, part: int) -> str:
    """The key of a report: the first 16 hex digits of its document's SHA-256, and its number in it from the second on."""
    return sha256[:16] if part == 1 else f"{sha256[:16]}-{part}"


def to_landing(files: Sequence[InboxFile], reports: Sequence[Report]) -> Batch:
    """The rows to land, made in the process that read the files."""
    contexts = {file.sha256: file.context for file in files}
    return to_batch(reports, contexts, parser_version(), datetime.now(UTC))


def to_batch(reports: Sequence[Report], contexts: Mapping[str, str], parser_version: str, parsed_at: datetime) -> Batch:
    """The rows of `reports`. `contexts` maps a document's SHA-256 to that of its context (see `inbox.InboxFile`).

    `parsed_at` must carry its time zone: it is stored as UTC. Raises pyarrow.ArrowInvalid if a value has more than six
    decimal places.
    """
    keys = [report_key(report.sha256, report.part) for report in reports]
    documents: dict[str, list[Any]] = {
        "report_key": keys,
        "context": [contexts[report.sha256] for report in reports],
        "parser_version": [parser_version] * len(keys),
        "parsed_at": [parsed_at] * len(keys),
    }
    for name in DOCUMENT.names:
        if name not in documents:
            documents[name] = list(map(attrgetter(_DOCUMENT_FIELDS.get(name, name)), reports))
    batch = {"document": pa.record_batch(documents, schema=DOCUMENT), "cell": _cells(keys, reports)}
    for table, (attribute, fields) in _PART_FIELDS.items():
        records = [getattr(report, attribute) for report in reports]
        flat = list(chain.from_iterable(records))
        columns = {column: list(map(attrgetter(name), flat)) for column, name in fields.items()}
        batch[table] = pa.record_batch({"report_key": _owners(keys, records), **columns}, schema=PARTS[table])
    pairs = [report.metadata for report in reports]
    labels, values = zip(*chain.from_iterable(pairs), strict=True) if any(pairs) else ((), ())
    batch["metadata"] = pa.record_batch(
        {"report_key": _owners(keys, pairs), "label": labels, "value": values}, schema=PARTS["metadata"]
    )
    return batch


def _cells(keys: Sequence[str], reports: Sequence[Report]) -> pa.RecordBatch:
    """The cells stay in columns all the way: a report has 200 of them.

    A report's key is handed over once for all its cells. All other things but lines come again and again, so each is converted and
    handed over once, and its cells point to it; a value and what is printed for it come together.
    """
    cells = [report.cells for report in reports]
    # Told apart by identity: to hash two hundred names of each report takes longer than to make its rows of them.
    forms = {id(held.names): held.names for held in cells}
    codes = {form: _name_columns(names) for form, names in forms.items()}
    tables, rows, columns = zip(*(codes[id(held.names)] for held in cells), strict=True)
    figures, places = _few(
        zip(
            chain.from_iterable([held.values for held in cells]),
            chain.from_iterable([held.raws for held in cells]),
            strict=True,
        )
    )
    values, raws = zip(*figures, strict=True) if figures else ((), ())
    place_of_figure = _whole_numbers(places)
    owners = [key for key, held in zip(keys, cells, strict=True) if held.names]
    ends = accumulate(len(held.names) for held in cells if held.names)
    schema = PARTS["cell"]
    return pa.record_batch(
        {
            "report_key": pa.RunEndEncodedArray.from_arrays(pa.array(ends, pa.int32()), pa.array(owners, pa.string())),
            "table_code": pa.concat_arrays(tables),
            "row_code": pa.concat_arrays(rows),
            "column_code": pa.concat_arrays(columns),
            "state": pa.DictionaryArray.from_arrays(
                pa.concat_arrays([_state_places(held.states) for held in cells]), pa.array(list(CellState), pa.string())
            ),
            "value": pa.DictionaryArray.from_arrays(place_of_figure, pa.array(values, schema.field("value").type)),
            "raw": pa.DictionaryArray.from_arrays(place_of_figure, pa.array(raws, schema.field("raw").type)),
            "line": _whole_numbers(list(chain.from_iterable([held.lines for held in cells]))),
        }
    )


@lru_cache(maxsize=16)  # the forms have few different sequences of cells
def _name_columns(names: tuple[CellName, ...]) -> tuple[pa.DictionaryArray, ...]:
    """The codes of the table, the row and the column of each cell."""
    columns = [_few(codes) for codes in zip(*names, strict=True)] if names else [([], [])] * 3
    return tuple(
        pa.DictionaryArray.from_arrays(pa.array(places, pa.int8()), pa.array(found, pa.string()))
        for found, places in columns
    )


@lru_cache(maxsize=512)  # most reports leave the same cells blank as another one
def _state_places(states: tuple[CellState, ...]) -> pa.Int8Array:
    """Where the state of each cell stands among all states."""
    return pa.array(list(map(_PLACE_OF_STATE.__getitem__, states)), pa.int8())


def _few(values: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """The different ones among values of which few are different, and the place of each value among these."""
    found: defaultdict[Any, int] = defaultdict(count().__next__)
    places = list(map(found.__getitem__, values))
    return list(found), places


def _whole_numbers(numbers: Sequence[int | None]) -> pa.Int32Array:
    """As an array: packed all at once where none is missing, for Arrow takes two and a half times as long to look at each."""
    try:
        packed = struct.pack(f"={len(numbers)}i", *numbers)
    except struct.error:
        return pa.array(numbers, pa.int32())
    return pa.Int32Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(packed)])


def _owners(keys: Sequence[str], parts: Sequence[Sequence[object]]) -> list[str]:
    """The key of each part's report."""
    return list(chain.from_iterable(repeat(key, len(held)) for key, held in zip(keys, parts, strict=True)))
