"""Builds, by the real command line, that break a rule, change nothing and mend it; and what real receivers get of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from receivers import MailServer, Webhook, free_port

from dagster_project.warehouse.paths import WarehousePaths
from expectations.ledger import Ledger

FIXTURE = Path(__file__).parent.parent / "report_parser" / "fixtures" / "tabs_with_lost_tab_and_blanks.txt"
SOUND = FIXTURE.read_text(encoding="utf-8")
ROW = next(line for line in SOUND.splitlines() if "本年新收政府信息公开申请数量" in line)
BROKEN = SOUND.replace(ROW, ROW.rstrip("\t").rpartition("\t")[0] + "\t2\t")
"""The report with a wrong total of the applications received: it breaks H1 and H2, and contradicts the prose, of which this route is not told."""


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[MailServer, MailServer]]:
    """The office's mail server, and the operators'."""
    pair = MailServer(), MailServer()
    yield pair
    for server in pair:
        server.close()


def subjects(server: MailServer) -> list[str]:
    return [str(mail["Subject"]) for mail in server.mails]


def test_three_builds_tell_once_what_broke_and_once_that_it_is_mended(
    gongkai: Any, tmp_path: Path, servers: tuple[MailServer, MailServer]
) -> None:
    office, operators = servers
    inbox, paths, port = tmp_path / "inbox", WarehousePaths(tmp_path / "warehouse"), free_port()
    inbox.mkdir()
    paths.root.mkdir()
    (paths.root / "alerts.toml").write_text(
        f"""
dashboard = "http://gongkai.example.gov.cn"
[operators]
to = ["{operators.address}"]
[[route]]
name = "肥城市"
to = ["{office.address}", "json://127.0.0.1:{port}"]
where = ["370983"]
severities = ["error"]
[[route]]
name = "甘肃"
to = ["{office.address}"]
where = ["62"]
""",
        encoding="utf-8",
    )

    def build(report: str, *, succeeds: bool = True) -> None:
        (inbox / "report.txt").write_text(report, encoding="utf-8")
        outcome = gongkai("build", "--inbox", inbox, "--warehouse", paths.root, check=False)
        assert (outcome.returncode == 0) is succeeds, outcome.stdout + outcome.stderr

    # The webhook is down in the first build: that is a warning, and the report is published.
    build(BROKEN)
    assert subjects(office) == ["【公开】肥城市：新增 2 处"]
    (released,) = paths.releases.glob("*.duckdb")
    assert "· H1 申请收支平衡〔差错〕申请 · 总计（列）：左边 2，右边 1，相差 1" in office.texts[0]
    link = office.texts[0].partition("http://gongkai.example.gov.cn/report/")[2].split()[0]
    with duckdb.connect(str(released), read_only=True) as release:
        assert release.execute("select source from dim_report where report_key = ?", [link]).fetchall() == [
            ("report.txt",)
        ]

    # A build that publishes nothing is the operators' business.
    assert operators.mails == []
    build("", succeeds=False)
    assert subjects(operators) == ["【公开】运行：1 项异常"]
    assert released.stem in operators.texts[0]

    webhook = Webhook(port)
    try:
        build(BROKEN)
        assert subjects(operators)[1:] == ["【公开】运行：1 项恢复"]
        build(SOUND)
        titles = ["【公开】肥城市：新增 2 处", "【公开】肥城市：消除 2 处"]
        assert subjects(office) == titles
        assert [received.text.splitlines()[0] for received in webhook.received] == titles
        assert len(operators.mails) == 2
    finally:
        webhook.close()
    of_errors = [finding for finding in Ledger(paths.ledger).findings() if finding.severity == "error"]
    assert {finding.status for finding in of_errors} == {"resolved"}
