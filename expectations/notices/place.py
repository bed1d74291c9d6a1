"""The notices on several reports, as those of all organs of a place, in one zip with an index."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Sequence

import duckdb

from .issue import Format, Issued, NothingToCorrectError, print_notice, safe_name
from .letter import Terms, plain
from .matter import Matter, is_doubtful, read_matters

INDEX = "目录.csv"
_HEADING = (
    "文件",
    "机关",
    "地区",
    "地区代码",
    "年度",
    "须更正（处）",
    "提示核对（处）",
    "更正参考（处）",
    "读取存疑",
    "原文件",
    "公布网址",
    "报告编号",
)
_TO_CORRECT = """
select report.report_key
from dim_report as report
inner join dim_organ as organ on report.organ_key = organ.organ_key
where report.is_current and report.year = $year and starts_with(organ.region_code, $region)
    and report.report_key in (select report_key from fct_rule_result where status = 'fail' and severity = 'error')
order by organ.region_code, organ.organ_name, report.report_key
"""


def notices_of_place(
    connection: duckdb.DuckDBPyConnection,
    region_code: str,
    year: int,
    terms: Terms,
    form: Format,
    dismissed: Collection[str] = (),
) -> Issued:
    """A zip of the notices on the current reports of every organ in the place, and an index as CSV for spreadsheets.

    Raises:
        NothingToCorrectError: when there is no such place, or none of its organs has anything to correct.
    """
    if not connection.execute("select 1 from dim_region where region_code = ?", [region_code]).fetchall():
        raise NothingToCorrectError(f"没有地区代码 {region_code}；代码是 2、4、6 或 9 位数字，见 dim_region。")
    keys = connection.execute(_TO_CORRECT, {"year": year, "region": region_code}).fetchall()
    name = f"{region_code}-{year}"
    try:
        return notices_of_reports(connection, [key for (key,) in keys], name, terms, form, dismissed)
    except NothingToCorrectError:
        raise NothingToCorrectError(f"地区 {region_code} 在 {year} 年没有须整改的报告。") from None


def notices_of_reports(
    connection: duckdb.DuckDBPyConnection,
    report_keys: Sequence[str],
    name: str,
    terms: Terms,
    form: Format,
    dismissed: Collection[str] = (),
) -> Issued:
    """A zip of the notices on these reports, in their order, and an index as CSV for spreadsheets. `name` is a part of the zip's name.

    Raises:
        NothingToCorrectError: when none of them has anything to correct.
    """
    matters = [matter for matter in read_matters(connection, report_keys, dismissed) if matter.errors]
    if not matters:
        raise NothingToCorrectError("所选范围没有须整改的报告。")
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = []
        for number, matter in enumerate(matters, start=1):
            made = print_notice(matter, terms, form)
            entry = f"{number:03}-{made.file_name}"
            archive.writestr(entry, made.content)
            lines.append(_line(entry, matter))
        archive.writestr(INDEX, _as_csv(lines))
    return Issued(f"整改通知书-{safe_name(name)}.zip", saved.getvalue(), tuple(matters))


def _line(name: str, matter: Matter) -> tuple[object, ...]:
    return (
        name,
        plain(matter.organ_name),
        "".join(matter.places),
        matter.region_code,
        matter.year,
        len(matter.errors),
        len(matter.warnings),
        len(matter.suggestions),
        "是" if is_doubtful(matter) else "",
        plain(matter.source),
        plain(matter.url or ""),
        matter.report_key,
    )


def _as_csv(lines: list[tuple[object, ...]]) -> bytes:
    """CSV with a byte order mark, so that Excel and WPS show Chinese. A text that they would take for a formula begins with '."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_HEADING)
    for line in lines:
        writer.writerow(f"'{value}" if str(value).startswith(("=", "+", "-", "@")) else value for value in line)
    return written.getvalue().encode("utf-8-sig")
