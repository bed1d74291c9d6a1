"""A release small enough to know by heart.

银川市 reports on 2021 and 2022, its 临河镇 on 2021 (with a broken total, and once before as an older version) and on 2024 (a
form that nobody filled in), 北京市东城区 on 2022. Nobody reports on 2023.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from release_builder import BLANK, DASH, Organ, Report, number

from dagster_project.report_parser.form import FORMS

CITY = Organ("银川市人民政府", "6401", ("宁夏回族自治区", "银川市", None, None))
TOWN = Organ("灵武市临河镇人民政府", "640181104", ("宁夏回族自治区", "银川市", "灵武市", "临河镇"))
DISTRICT = Organ("北京市东城区人民政府", "110101", ("北京市", None, "东城区", None))


def _application(**values: dict[str, int]) -> dict[tuple[str, str, str], tuple[Decimal | None, str | None, str]]:
    return {("application", row, column): number(v) for row, columns in values.items() for column, v in columns.items()}


CITY_2021 = Report(CITY, 2021, _application(new_received={"natural_person": 30, "total": 30}))
CITY_2022 = Report(
    CITY,
    2022,
    _application(
        new_received={"natural_person": 38, "commercial": 2, "total": 40},
        carried_in={"natural_person": 1, "total": 1},
        granted={"natural_person": 20, "total": 20},
        partially_granted={"natural_person": 10, "total": 10},
        unavailable_not_held={"natural_person": 8, "commercial": 2, "total": 10},
        processed_total={"natural_person": 38, "commercial": 2, "total": 40},
        carried_forward={"natural_person": 1, "total": 1},
    )
    | {("dispute", "reconsideration", "corrected"): number(3), ("dispute", "direct_litigation", "upheld"): number(2)},
)
TOWN_2021 = Report(
    TOWN,
    2021,
    _application(new_received={"other": 1, "total": 2}, granted={"other": 1, "total": 1})
    | _application(processed_total={"other": 1, "total": 1})
    | {("dispute", "reconsideration", column): BLANK for column in ("upheld", "corrected", "other", "pending", "total")}
    | {
        ("application", "granted", "research"): DASH,
        ("application", "granted", "commercial"): (None, None, "absent"),
        ("disclosure", "fees", "amount"): (Decimal("976.81"), "976.81万元", "number"),
    },
    version=2,
    part=2,
    published_on=date(2022, 1, 25),
    url="https://www.nxlw.gov.cn/xxgk/1.html",
    claims=(
        ("none", "fees", Decimal(0), False, "全年未收取费用。", 40),
        ("channel", "wechat", Decimal(200), True, "网站32条，公众号200余条。", 12),
        ("channel", "website", Decimal(32), False, "网站32条，公众号200余条。", 12),
    ),
    text=("公开不够及时。", "一是加强培训；\n二是明确专人。", None),
    findings=(("blank_cells", "info", "行政复议五格为空。"),),
)
TOWN_2021_OLD = Report(
    TOWN, 2021, _application(new_received={"natural_person": 500, "total": 500}), is_current=False, version=1
)
TOWN_2024 = Report(TOWN, 2024, dict.fromkeys(FORMS["2021"].cells(), BLANK))
DISTRICT_2022 = Report(DISTRICT, 2022, is_sample=False)

REPORTS = (CITY_2021, CITY_2022, TOWN_2021, TOWN_2021_OLD, TOWN_2024, DISTRICT_2022)
BROKEN_CELLS = [
    f"application.{row}.total" for row in ("new_received", "carried_in", "processed_total", "carried_forward")
]
RULE_RESULTS = (
    (TOWN_2021.key, "H1", "application.total", Decimal(2), Decimal(1), BROKEN_CELLS, "fail"),
    (TOWN_2021.key, "H4", "dispute.reconsideration", None, None, ["dispute.reconsideration.total"], "not_assessable"),
    (TOWN_2021.key, "H1", "application.other", Decimal(1), Decimal(1), [], "pass"),
    (CITY_2022.key, "H1", "application.total", Decimal(41), Decimal(41), [], "pass"),
)
