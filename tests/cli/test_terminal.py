"""What the terminal prints, whatever files are called."""

from __future__ import annotations

from io import StringIO

from dagster_project.terminal import print_summary
from dagster_project.warehouse.runs import RunRecord


def test_names_and_errors_are_printed_as_they_are() -> None:
    record = RunRecord(run_id="x", started_at="2024-01-01T00:00:00+00:00", pid=1)
    record.rejected = [{"path": "[/red].txt", "reason": "empty", "message": "[bold]没有内容"}]
    record.error = "[/x] 失败"
    output = StringIO()
    print_summary(record, output)
    assert all(text in output.getvalue() for text in ("[/red].txt", "[bold]没有内容", "[/x] 失败"))


def test_a_register_is_counted_where_there_is_one() -> None:
    record = RunRecord(run_id="x", started_at="2024-01-01T00:00:00+00:00", pid=1)
    output = StringIO()
    print_summary(record, output)
    assert "应报名册" not in output.getvalue()
    record.register = {"registered": 1200, "bad": 3}
    print_summary(record, output)
    assert "1,200 organs 机关 · 3 unusable rows 行有误" in output.getvalue()


def test_what_went_wrong_after_publishing_is_told() -> None:
    record = RunRecord(run_id="x", started_at="2024-01-01T00:00:00+00:00", pid=1, state="published", release_id="r")
    record.failed_stage, record.error = "remember", "[disk] 已满"
    record.warnings = ["台账 [x] 已损坏"]
    output = StringIO()
    print_summary(record, output)
    told = output.getvalue()
    assert all(text in told for text in ("已发布 published", "登记台账 ledger：[disk] 已满", "台账 [x] 已损坏"))
