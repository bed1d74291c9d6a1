"""The register of who has to file: `_register.csv` at the top of the inbox, a row per organ.

Columns: organ (its full name), level, type, region_code, since and until (years reported on), deadline (MM-DD of the year after).
All but the organ may be left empty: place, level and type are then read from the name, the deadline is the law's. A row that
cannot be used keeps its problem, in words, and never stops the others.

What does not belong here: what is expected where there is no register (dbt, int_expected_filing).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import get_args

from dagster_project.report_parser.gazetteer import Gazetteer, default_gazetteer
from dagster_project.report_parser.model import OrganLevel, OrganType
from dagster_project.report_parser.organ import organ_level, organ_type

REGISTER = "_register.csv"
COLUMNS = ("organ", "level", "type", "region_code", "since", "until", "deadline")

_MAX_BYTES = 1 << 25
_COUNTY = 6
"""Digits of a county's code. Names of townships are borne twice, and the list lacks some: they contradict no code."""
_SURPLUS = "surplus"
"""Stands for the cells of a line behind those of the header."""
_YEAR = re.compile(r"20\d\d")
_DEADLINE = re.compile(r"\d\d-\d\d")
_ANY_COMMON_YEAR = 2023
"""A deadline must be there every year, so 02-29 is none."""
_LEVELS, _TYPES = get_args(OrganLevel), get_args(OrganType)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register, counted from 1 with the header. `problem` says in Chinese why the row is not used, and what to do."""

    line: int
    organ: str | None = None
    organ_level: str | None = None
    organ_type: str | None = None
    region_code: str | None = None
    since: int | None = None
    until: int | None = None
    deadline: str | None = None
    problem: str | None = None


ROW_FIELDS = tuple(field.name for field in fields(RegisterRow))


class _Unusable(Exception):
    """Why a row, or the whole file, cannot be used, in Chinese."""


def read_register(inbox: Path) -> list[RegisterRow]:
    """The rows of the inbox's register, none where there is no such file. A file that cannot be read is one row with its problem."""
    try:
        text = _text(inbox / REGISTER)
        if text is None:
            return []
        lines = list(_lines(text))
    except _Unusable as unusable:
        return [RegisterRow(line=1, problem=str(unusable))]
    rows: list[RegisterRow] = []
    listed: dict[tuple[str | None, str | None], list[RegisterRow]] = {}
    for number, cells in lines:
        try:
            row = _row(number, cells, default_gazetteer())
            same = listed.setdefault((row.organ, row.region_code), [])
            _refuse_overlap(row, same)
            same.append(row)
        except _Unusable as unusable:
            row = RegisterRow(line=number, organ=_shown(cells["organ"]), problem=str(unusable))
        rows.append(row)
    return rows


def _text(path: Path) -> str | None:
    """The file's text; None where there is no file. Excel saves CSV in GB18030 under Chinese Windows."""
    if not path.exists():
        return None
    if path.is_symlink() or not path.is_file():
        raise _Unusable(f"{REGISTER} 不是普通文件；请放入文件本身，不要用链接或目录。")
    try:
        with path.open("rb") as content:
            data = content.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _Unusable(f"应报机关名册无法打开（{error.strerror}）；请检查权限后重新构建。") from error
    if len(data) > _MAX_BYTES:
        raise _Unusable(f"应报机关名册过大，上限为 {_MAX_BYTES:,} 字节；请检查是否放错文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Unusable("应报机关名册的编码无法识别；请另存为 UTF-8 编码的 CSV。")


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line, cells by column) of every row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        if "organ" not in header or not set(header) <= set(COLUMNS) or len(set(header)) < len(header):
            raise _Unusable(f"应报机关名册的表头应为 {','.join(COLUMNS)}（organ 必填，其余列可省略）；请改正表头。")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                given = dict(zip(header, map(str.strip, cells), strict=False))
                surplus = "".join(cells[len(header) :]).strip()
                yield reader.line_num, dict.fromkeys(COLUMNS, "") | given | {_SURPLUS: surplus}
    except csv.Error as error:
        raise _Unusable(
            f"应报机关名册不是有效的 CSV（第 {reader.line_num} 行附近）；请另存为 CSV 后重新放入。"
        ) from error


def _row(line: int, cells: Mapping[str, str], gazetteer: Gazetteer) -> RegisterRow:
    organ = cells["organ"]
    if cells[_SURPLUS]:
        raise _Unusable("这一行的列数多于表头；名称中若有逗号，请用英文双引号括起。")
    if not organ:
        raise _Unusable("缺少机关名称；请填写 organ 列。")
    if not organ.isprintable():
        raise _Unusable("机关名称含有无法显示的字符；请重新录入。")
    named = gazetteer.place_named_by(organ)
    code = cells["region_code"] or (named.codes[0] if len(named.codes) == 1 else "")
    if not code:
        raise _Unusable(
            f"“{organ}”所在地{'不止一处' if named.codes else '无法从名称判断'}；请填写 region_code（统计用区划代码，2、4、6 或 9 位）。"
        )
    if code not in gazetteer.names:
        raise _Unusable(f"没有区划代码 {_shown(code)}；请填写统计用区划代码的前 2、4、6 或 9 位。")
    if len(named.codes) == 1 and len(named.codes[0]) <= _COUNTY and not _is_one_way(code, named.codes[0]):
        raise _Unusable(f"区划代码 {code} 与“{organ}”的所在地 {named.codes[0]} 不符；请改正其中一个。")
    since, until = _year("since", cells["since"]), _year("until", cells["until"])
    if since and until and since > until:
        raise _Unusable(f"起始年份 {since} 晚于截止年份 {until}；请改正 since 或 until。")
    return RegisterRow(
        line=line,
        organ=organ,
        organ_level=_one_of("level", cells["level"], _LEVELS) or organ_level(organ, named, code),
        organ_type=_one_of("type", cells["type"], _TYPES) or organ_type(organ, named),
        region_code=code,
        since=since,
        until=until,
        deadline=_deadline(cells["deadline"]),
    )


def _is_one_way(code: str, other: str) -> bool:
    """Whether one of the two places lies in the other, or they are the same."""
    return code.startswith(other) or other.startswith(code)


def _refuse_overlap(row: RegisterRow, same: Sequence[RegisterRow]) -> None:
    for other in same:
        if (row.since or 0) <= (other.until or 9999) and (other.since or 0) <= (row.until or 9999):
            raise _Unusable(f"“{row.organ}”与第 {other.line} 行重复；请删去一行，或写明互不重叠的年份。")


def _one_of(column: str, value: str, allowed: Sequence[str]) -> str | None:
    if value and value not in allowed:
        raise _Unusable(f"{column} 列不能为“{_shown(value)}”；应为 {'、'.join(allowed)} 之一，或留空。")
    return value or None


def _year(column: str, value: str) -> int | None:
    if value and not _YEAR.fullmatch(value):
        raise _Unusable(f"{column} 列“{_shown(value)}”不是年份；应为报告所述年份的四位数字，如 2021，或留空。")
    return int(value) if value else None


def _deadline(value: str) -> str | None:
    if not value:
        return None
    try:
        if not _DEADLINE.fullmatch(value):
            raise ValueError
        date.fromisoformat(f"{_ANY_COMMON_YEAR}-{value}")
    except ValueError:
        raise _Unusable(
            f"deadline 列“{_shown(value)}”不是日期；应为次年的月-日，如 01-31，或留空（按条例第四十九条）。"
        ) from None
    return value


def _shown(text: str) -> str:
    """`text` short enough for a message, and fit for a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text[:40])
