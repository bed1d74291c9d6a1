"""What a message tells: what is new, what came back, what is resolved; to whom, once, and in how many words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from published import Broken, publish
from receivers import Given, Webhook

from dagster_project.alerts.collect import queue_findings
from dagster_project.alerts.delivery import tell
from dagster_project.alerts.wording import WORDS
from dagster_project.warehouse.paths import WarehousePaths
from dashboard.pages.report import PREFIX
from expectations.ledger import Ledger

NOW = datetime(2026, 1, 20, 4, tzinfo=UTC)
ALL = '[[route]]\nname = "全部"\nto = ["{to}"]\n{more}'
H2 = Broken(rule_id="H2", place="application.new_received")


def told(webhook: Webhook) -> list[str]:
    """What the webhook got since it was last asked."""
    texts = [received.text for received in webhook.received]
    webhook.received.clear()
    return texts


def test_new_back_and_resolved_are_told_once_each(paths: WarehousePaths, webhook: Webhook, given: Given) -> None:
    routes = given(ALL.format(to=webhook.address, more=""))
    titles = []
    for day, broken in enumerate(([Broken()], [Broken()], [], [], [Broken()], [Broken(), H2]), start=1):
        publish(paths, day, *broken)
        for _ in range(2):  # asked twice, told once
            tell(paths, routes)
        titles.append([text.splitlines()[0] for text in told(webhook)])
    assert titles == [
        ["【公开】全部：新增 1 处"],
        [],
        ["【公开】全部：消除 1 处"],
        [],
        ["【公开】全部：复发 1 处"],
        ["【公开】全部：新增 1 处"],
    ]


def test_a_message_names_organ_rule_place_figures_and_report(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    sentence = "全年收到申请3件。"
    publish(paths, 1, Broken(), Broken(rule_id="H5", place="disclosure.fees.amount", right=None, left=Decimal(-3)))
    publish(
        paths, 2, Broken(), Broken(organ="xipo", rule_id="H4", place="dispute", detail=sentence, severity="warning")
    )
    routes = given(
        ALL.format(to=webhook.address, more="")
        + ALL.format(to=webhook.address, more='language = "en"').replace("全部", "all")
    )
    tell(paths, routes)
    english, chinese = told(webhook)  # by the routes' names
    assert chinese.splitlines()[:9] == [
        "【公开】全部：新增 2 处",
        "【新增】2 处",
        "■ 彭阳县白阳镇人民政府　2023 年度（宁夏回族自治区固原市彭阳县）",
        "· H1 申请收支平衡〔差错〕申请 · 总计（列）：左边 2，右边 1，相差 1",
        "http://gongkai.example.gov.cn/report/baiyang-2023",
        "■ 正宁县西坡镇人民政府　2023 年度（甘肃省庆阳市正宁县）",
        "· H4 复议诉讼合计〔提醒〕复议诉讼：全年收到申请3件。",
        "http://gongkai.example.gov.cn/report/xipo-2023",
        "",
    ]
    assert "[error] Applications · Total (column): left 2, right 1, difference 1" in english
    assert "http://gongkai.example.gov.cn/report/baiyang-2023?lang=en" in english
    assert PREFIX == "/report/"  # what the links lead to


def test_what_came_and_went_between_two_messages_is_not_told(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    routes = given(ALL.format(to=webhook.address, more=""))
    publish(paths, 1, Broken())
    publish(paths, 2)
    tell(paths, routes)
    assert told(webhook) == []
    publish(paths, 3, Broken())
    tell(paths, routes)
    assert len(told(webhook)) == 1
    publish(paths, 4)
    publish(paths, 5, Broken())
    tell(paths, routes)
    assert told(webhook) == []


@pytest.mark.parametrize(
    ("filters", "organs"),
    [
        ("", {"彭阳县", "正宁县", "固原市", "某局"}),
        ('where = ["64"]', {"彭阳县", "固原市"}),
        ('where = ["640425", "6210"]', {"彭阳县", "正宁县"}),
        ('where = ["64"]\nseverities = ["warning"]', {"固原市"}),
        ('rules = ["H2"]', {"某局"}),
        ('events = ["resolved"]', set()),
    ],
)
def test_a_route_gets_what_it_asks_for(
    filters: str, organs: set[str], paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    publish(
        paths,
        1,
        Broken(),
        Broken(organ="xipo"),
        Broken(organ="guyuan", severity="warning"),
        Broken(organ="nowhere", rule_id="H2", place="application.granted"),
    )
    tell(paths, given(ALL.format(to=webhook.address, more=filters)))
    text = "\n".join(told(webhook))
    assert {organ for organ in ("彭阳县", "正宁县", "固原市人民", "某局") if f"■ {organ}" in text} == {
        organ.replace("固原市", "固原市人民") for organ in organs
    }


def test_what_a_person_dismissed_is_told_no_more(paths: WarehousePaths, webhook: Webhook, given: Given) -> None:
    routes = given(ALL.format(to=webhook.address, more=""))
    ledger = Ledger(paths.ledger)
    publish(paths, 1, Broken(), H2)
    tell(paths, routes)
    fingerprints = {finding.rule_id: finding.fingerprint for finding in ledger.findings()}
    ledger.give_verdict(fingerprints["H1"], "dismissed", "印刷无误", "王")
    ledger.give_verdict(fingerprints["H2"], "confirmed", None, "王")
    told(webhook)
    publish(paths, 2)
    publish(paths, 3, Broken(), H2)
    publish(paths, 4)
    tell(paths, routes)
    (text,) = told(webhook)
    assert text.startswith("【公开】全部：消除 1 处")
    assert "H2" in text
    ledger.give_verdict(fingerprints["H1"], "withdrawn", None, "王")
    publish(paths, 5, Broken())
    tell(paths, routes)
    assert "H1" in told(webhook)[0]


def test_an_organ_that_left_the_release_still_has_its_name(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    routes = given(ALL.format(to=webhook.address, more='where = ["6210"]'))
    publish(paths, 1, Broken(organ="xipo"))
    tell(paths, routes)
    told(webhook)
    publish(paths, 2, organs=("baiyang",))
    tell(paths, routes)
    (text,) = told(webhook)
    assert "■ 正宁县西坡镇人民政府　2023 年度" in text
    assert "报告已撤下" in text
    assert "/report/" not in text


def test_a_ledger_that_tells_its_news_again_is_not_repeated(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    routes = given(ALL.format(to=webhook.address, more=""))
    publish(paths, 1)
    publish(paths, 2, Broken())
    tell(paths, routes)
    told(webhook)
    for file in paths.root.glob("ledger.sqlite*"):
        file.unlink()
    publish(paths, 3, Broken(), H2)
    tell(paths, routes)
    (text,) = told(webhook)
    assert "H2" in text
    assert "H1" not in text


def test_a_ledger_from_an_older_backup_loses_and_repeats_nothing(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    routes = given(ALL.format(to=webhook.address, more=""))
    publish(paths, 1)
    kept = paths.ledger.read_bytes()
    publish(paths, 2, Broken(), Broken(organ="xipo"), H2)
    tell(paths, routes)
    told(webhook)
    paths.ledger.write_bytes(kept)
    for release in paths.releases.glob("20260102*"):
        release.unlink()
    publish(paths, 3, Broken(), Broken(organ="guyuan"))  # fewer events than the route has taken in
    tell(paths, routes)
    (text,) = told(webhook)
    assert text.startswith("【公开】全部：新增 1 处")
    assert "固原市人民政府" in text


def test_a_digest_waits_for_its_time_and_tells_everything_then(
    paths: WarehousePaths, webhook: Webhook, given: Given
) -> None:
    routes = given(ALL.format(to=webhook.address, more='digest = "daily 08:30"'))
    seven, nine = (
        datetime(2026, 1, 19, 23, tzinfo=UTC),
        datetime(2026, 1, 20, 1, tzinfo=UTC),
    )  # 07:00 and 09:00 of the 20th
    publish(paths, 1, Broken())
    tell(paths, routes, now=seven)
    publish(paths, 2, Broken(), H2)
    tell(paths, routes, now=seven + timedelta(minutes=89))
    assert told(webhook) == []
    tell(paths, routes, now=nine)
    assert [text.splitlines()[0] for text in told(webhook)] == ["【公开】全部：新增 2 处"]
    publish(paths, 3)
    tell(paths, routes, now=nine + timedelta(hours=23))
    assert told(webhook) == []
    tell(paths, routes, now=nine + timedelta(days=1))
    assert [text.splitlines()[0] for text in told(webhook)] == ["【公开】全部：消除 2 处"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("address", "room"), [("wecombot://abcdefgh", 2048), ("json://127.0.0.1", 15_000)])
def test_a_flood_is_told_in_the_channel_s_length_and_counted(
    address: str, room: int, language: str, paths: WarehousePaths, given: Given
) -> None:
    columns = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other", "total")
    flood = [
        Broken(organ=organ, year=year, place=f"application.{column}", rule_id=rule)
        for organ in ("baiyang", "xipo", "guyuan", "nowhere")
        for year in (2022, 2023)
        for rule in ("H1", "H3")
        for column in columns
    ]
    publish(paths, 1, *flood[:40])
    routes = given(ALL.format(to=address, more=f'language = "{language}"'))
    queue_findings(paths, routes, NOW)
    publish(paths, 2, *flood[14:])
    (queued,) = queue_findings(paths, routes, NOW)
    ((title, body),) = queued.texts
    assert len(f"{title}\n{body}".encode()) <= room
    column = 1 if language == "en" else 0
    for kind, count in (("new", len(flood) - 40), ("resolved", 14)):
        assert WORDS[f"count.{kind}"][column].format(count=count) in title
        assert WORDS[f"head.{kind}"][column].format(count=count) in body
    assert body.count("/report/") >= 2  # of each kind at least one
    if room == 2048:
        assert WORDS["more"][column].split("{count}")[1] in body


def test_templates_say_the_same_things_in_both_languages() -> None:
    from string import Formatter

    for key, words in WORDS.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in words]
        assert names[0] == names[1], key
        assert all(words), key
