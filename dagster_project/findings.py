"""What `gongkai findings` and `gongkai rules` show: the ledger, with the names and figures of the published release beside it."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import fields, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from dagster_project.query import AT_THE_TERMINAL
from dashboard.components.numbers import SMALLEST_DENOMINATOR
from dashboard.data.sandbox import Answer, run_sql
from expectations.ledger import Finding, Ledger
from expectations.results import result_query, tables_of_a_release
from expectations.rules import RULES

_PLACES = """
with place as (
    select table_code as place, arg_max(table_zh, form) as place_zh from dim_form_cell group by place
    union all
    select table_code || '.' || row_code as place, arg_max(row_zh, form) from dim_form_cell group by place
    union all
    select table_code || '.' || column_code as place, arg_max(column_zh, form) from dim_form_cell group by place
    union all
    select table_code || '.' || row_code || '.' || column_code as place, arg_max(row_zh || '·' || column_zh, form)
    from dim_form_cell
    group by place
    union all
    select 'claim.' || kind || '.' || code as place, claim_zh from dim_claim
)
"""
"""What the form, or the catalogue of claims, calls a place that a rule names."""

_FINDINGS = f"""
{_PLACES}
select
    finding.fingerprint,
    finding.status,
    finding.status_since,
    finding.severity,
    finding.rule_id,
    rule.title_zh,
    rule.title_en,
    finding.organ_key,
    organ.organ_name,
    organ.region_code,
    organ.province_name,
    organ.city_name,
    organ.county_name,
    organ.township_name,
    finding.year,
    finding.place,
    place.place_zh,
    result.left_value,
    result.right_value,
    result.difference,
    finding.verdict,
    finding.reason,
    finding.given_by,
    finding.given_at,
    finding.first_seen,
    finding.last_seen,
    finding.report_key
from finding
left join dim_rule as rule on finding.rule_id = rule.rule_id
left join dim_organ as organ on finding.organ_key = organ.organ_key
left join place on finding.place = place.place
left join (
    select report_key, rule_id, place, any_value(left_value) as left_value, any_value(right_value) as right_value,
        any_value(difference) as difference
    from fct_rule_result
    where status = 'fail'
    group by report_key, rule_id, place
) as result
    on finding.report_key = result.report_key and finding.rule_id = result.rule_id and finding.place = result.place
where
    $region is null
    or starts_with(organ.region_code, $region)
    or $region in (organ.province_name, organ.city_name, organ.county_name, organ.township_name)
order by
    finding.severity,
    finding.rule_id[1],
    finding.rule_id[2:]::integer,
    organ.region_code,
    organ.organ_name,
    finding.year,
    finding.place
"""

_WORD = "case verdict when 'confirmed' then '属实' when 'dismissed' then '不属实：' || reason end"

_SHORT = f"""
select
    fingerprint[:8] as "编号 id",
    case status when 'new' then '新' when 'persisting' then '仍在' when 'reopened' then '复现' else '已改' end as 状态,
    rule_id as 规则,
    coalesce(organ_name, organ_key) as 机关,
    year as 年度,
    coalesce(place_zh, place) as 位置,
    difference as 差额,
    {_WORD} as 裁定
from answer
"""

_RULES = f"""
with verdict as (
    select
        rule_id,
        case
            when bool_or(result.status = 'fail') then 'fail'
            when bool_or(result.status = 'not_assessable') then 'not_assessable'
            else 'pass'
        end as status
    from fct_rule_result as result
    inner join dim_report using (report_key)
    where is_current
    group by rule_id, report_key
),

result as (
    select rule_id, status, count(*) as reports
    from verdict
    group by rule_id, status
),

word as (
    select
        rule_id,
        count(*) filter (where status != 'resolved') as standing,
        count(*) filter (where verdict = 'confirmed') as confirmed,
        count(*) filter (where verdict = 'dismissed') as dismissed
    from finding
    group by rule_id
)

select
    rule.rule_id,
    rule.title_zh,
    rule.title_en,
    rule.severity,
    coalesce((select reports from result where result.rule_id = rule.rule_id and status = 'pass'), 0) as pass,
    coalesce((select reports from result where result.rule_id = rule.rule_id and status = 'fail'), 0) as fail,
    coalesce((select reports from result where result.rule_id = rule.rule_id and status = 'not_assessable'), 0)
        as not_assessable,
    coalesce(standing, 0) as standing,
    coalesce(confirmed, 0) as confirmed,
    coalesce(dismissed, 0) as dismissed,
    coalesce(confirmed, 0) + coalesce(dismissed, 0) as judged,
    case when judged >= {SMALLEST_DENOMINATOR} then round(confirmed / judged, 4)::decimal(5, 4) end as precision
from dim_rule as rule
left join word using (rule_id)
order by rule.rule_id[1], rule.rule_id[2:]::integer
"""

_SHORT_RULES = """
select
    rule_id as 规则,
    title_zh as 名称,
    pass as 相符,
    fail as 不符,
    not_assessable as 无法判断,
    standing as 台账未决,
    case
        when judged = 0 then '尚无裁定'
        when precision is null then printf('样本不足 n=%d', judged)
        else printf('%.1f%% n=%d', 100 * precision, judged)
    end as 准确率
from answer
"""

_DRY_RUN = """
with before as (
    select report_key, organ_key, year, place, left_value, right_value, difference
    from fct_rule_result
    inner join (select report_key from dim_report where is_current) using (report_key)
    where rule_id = '{rule_id}' and status = 'fail'
),

after as (
    select report_key, organ_key, year, place, left_value, right_value, difference
    from ({changed}) as changed
    inner join (select report_key from dim_report where is_current) using (report_key)
    where status = 'fail'
)

select
    case when before.report_key is null then 'fails_anew' when after.report_key is null then 'fails_no_more' else 'same' end
        as change,
    coalesce(after.organ_key, before.organ_key) as organ_key,
    coalesce(after.year, before.year) as year,
    coalesce(after.place, before.place) as place,
    coalesce(after.left_value, before.left_value) as left_value,
    coalesce(after.right_value, before.right_value) as right_value,
    coalesce(after.difference, before.difference) as difference,
    coalesce(after.report_key, before.report_key) as report_key
from before
full join after on before.report_key = after.report_key and before.place = after.place
"""

_CHANGES = f"""
{_PLACES}
select
    dry.change,
    organ.organ_name,
    organ.region_code,
    organ.province_name,
    organ.city_name,
    organ.county_name,
    organ.township_name,
    dry.year,
    dry.place,
    place.place_zh,
    dry.left_value,
    dry.right_value,
    dry.difference,
    finding.verdict,
    finding.reason,
    dry.organ_key,
    dry.report_key
from dry
left join dim_organ as organ on dry.organ_key = organ.organ_key
left join place on dry.place = place.place
left join finding
    on
        finding.rule_id = $rule_id
        and dry.organ_key = finding.organ_key
        and dry.year = finding.year
        and dry.place = finding.place
where dry.change != 'same'
order by dry.change, organ.region_code, organ.organ_name, dry.year, dry.place
"""

_SHORT_CHANGES = f"""
select
    case change when 'fails_anew' then '新增' else '不再' end as 不符,
    organ_name as 机关,
    year as 年度,
    coalesce(place_zh, place) as 位置,
    left_value as 左边,
    right_value as 右边,
    {_WORD} as 裁定
from answer
"""


class DryRunFailed(Exception):
    """The changed rule cannot be asked; the message says why."""


def list_findings(
    ledger: Ledger,
    release: Path,
    *,
    statuses: Collection[str] | None,
    rule_id: str | None,
    region: str | None,
    year: int | None,
    is_short: bool,
) -> Answer:
    """The ledger's findings, gravest first, with the names and figures that the release has of them. `region` is a division code, which
    takes in what lies below, or a place's name. `is_short` keeps what a terminal has room for."""
    findings = ledger.findings(statuses, rule_id, year)
    return _answer(release, _FINDINGS, {"region": region}, _SHORT if is_short else None, finding=_as_table(findings))


def list_rules(ledger: Ledger, release: Path, *, is_short: bool) -> Answer:
    """The catalogue with what the rules say of current reports, how many findings stand, and how often people agreed. There is no
    precision where fewer than 30 findings were judged."""
    findings = _as_table(ledger.findings())
    return _answer(release, _RULES, {}, _SHORT_RULES if is_short else None, finding=findings)


def dry_run(ledger: Ledger, release: Path, rule_id: str, sql: str, *, is_short: bool) -> tuple[Answer, dict[str, int]]:
    """Which current reports would newly break the rule if it were `sql`, and which would no longer, with the verdicts on them.

    Nothing is written. Also returns how many places there are of each: `fails_anew`, `fails_no_more` and `same`.

    Raises:
        DryRunFailed: when there is no such rule, or braces in `sql` name what a rule cannot ask for.
        Refused: when the release has no answer to it.
    """
    rule = next((rule for rule in RULES if rule.rule_id == rule_id), None)
    if rule is None:
        raise DryRunFailed(f"没有规则 {rule_id}；现有：{'、'.join(rule.rule_id for rule in RULES)}。")
    try:
        changed = result_query([replace(rule, sql=sql)], tables_of_a_release())
    except (KeyError, ValueError, IndexError) as error:
        tables = "、".join(f"{{{table}}}" for table in tables_of_a_release())
        raise DryRunFailed(f"花括号里只能是 {tables}；其他花括号请写两次。({error})") from error
    dry = run_sql(release, _DRY_RUN.format(rule_id=rule_id, changed=changed), AT_THE_TERMINAL).table
    counts = dict.fromkeys(("fails_anew", "fails_no_more", "same"), 0)
    for change in dry.column("change").value_counts().to_pylist():
        counts[change["values"]] = change["counts"]
    findings = _as_table(ledger.findings(rule_id=rule_id))
    short = _SHORT_CHANGES if is_short else None
    return _answer(release, _CHANGES, {"rule_id": rule_id}, short, finding=findings, dry=dry), counts


def _answer(release: Path, query: str, values: dict[str, str | None], short: str | None, **tables: pa.Table) -> Answer:
    """The answer of the release with `tables` beside its own; `short` is a second query, on the answer."""
    start = time.monotonic()
    with duckdb.connect(str(release), read_only=True) as connection:
        for name, table in tables.items():
            connection.register("given", table)
            connection.execute(f"create temp table {name} as from given")
        answer = connection.execute(query, values).to_arrow_table()
        if short:
            connection.register("answer", answer)
            answer = connection.sql(short).to_arrow_table()
    return Answer(answer, is_cut=False, seconds=time.monotonic() - start)


def _as_table(findings: Collection[Finding]) -> pa.Table:
    names = [field.name for field in fields(Finding)]
    kinds = {"year": pa.int32()}
    rows = [vars(finding) for finding in findings]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds.get(name, pa.string())) for name in names]))
