"""The routes file: what it says, and what it says of a mistake."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from receivers import Given

from dagster_project.alerts.channels import open_channel
from dagster_project.alerts.routes import KINDS, SEVERITIES, BadRoutes, Digest, load_routes
from dagster_project.settings import PROJECT, load_settings

EXAMPLE = PROJECT / "docs" / "alerts.toml"
SECRETS = {
    name: f"value of {name}/@" for name in set(re.findall(r"\$\{(\w+)\}", EXAMPLE.read_text(encoding="utf-8")))
} | {
    "NINGXIA_WECOM_KEY": "693a91f6-7abc",
    "ZHENGNING_DINGTALK_SECRET": "SEC123",
    "ZHENGNING_DINGTALK_TOKEN": "abc123",
    "RESEARCH_FEISHU_TOKEN": "0123-abcd",
}
ONE = '[[route]]\nname = "甲"\nto = ["json://127.0.0.1"]\n'


def test_the_example_is_a_routes_file_with_every_key() -> None:
    routes = load_routes(EXAMPLE, SECRETS)
    assert routes is not None
    assert routes.operators is not None
    ningxia, zhengning, totals, hook = routes.routes
    assert (ningxia.where, ningxia.severities, ningxia.events, ningxia.digest) == (("64",), ("error",), KINDS, Digest())
    assert (zhengning.where, zhengning.severities, len(zhengning.to)) == (("621025",), SEVERITIES, 2)
    assert zhengning.digest == Digest(time(8, 30))
    assert (totals.rules, totals.events, totals.digest) == (("H1", "H2", "H3"), ("new", "reopened"), Digest(time(9), 0))
    assert (hook.language, hook.dashboard) == ("en", "http://10.0.0.5:8050")


def test_every_address_of_the_documentation_can_be_used() -> None:
    table = (
        (PROJECT / "docs" / "alerts.md").read_text(encoding="utf-8").partition("## Addresses")[2].partition("\n- ")[0]
    )
    addresses = re.findall(r"`([a-z]+://[^`]+)`", table)
    assert len(addresses) == 9
    for address in addresses:
        open_channel(re.sub("[A-Z]{2,}", "abc123", address).replace("C@D", "c@d.cn").replace("A@B", "a@b.cn"))


def test_secrets_are_put_in_escaped_and_do_not_show() -> None:
    routes = load_routes(EXAMPLE, SECRETS)
    assert routes is not None
    assert "${MAIL_PASSWORD}" in routes.routes[1].to[1]
    assert "value%20of%20MAIL_PASSWORD%2F%40@mail" in routes.routes[1].address(2)
    assert "value of" not in repr(routes)
    assert "693a91f6" not in repr(routes)


def test_a_whole_address_may_be_a_secret(given: Given) -> None:
    routes = given('[[route]]\nname = "甲"\nto = ["${HOOK}"]', HOOK="json://127.0.0.1:8000/a?-b=c")
    assert routes.routes[0].address(1) == "json://127.0.0.1:8000/a?-b=c"


def test_no_file_is_no_routes(tmp_path: Path) -> None:
    assert load_routes(tmp_path / "alerts.toml") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONE + ONE, ("甲", "name", "同名")),
        (ONE.replace("甲", "operators"), ("第 1 个 [[route]]", "name")),
        (ONE.replace("to =", "too ="), ("甲", "to", "至少有一个地址")),
        (ONE + 'colour = "red"', ("甲", "colour", "没有这样的键")),
        (ONE + 'where = ["64042"]', ("甲", "where", "64042")),
        (ONE + 'where = ["999999"]', ("甲", "where", "999999")),
        (ONE + 'rules = ["H1", "H99"]', ("甲", "rules", "H99", "H1、H2")),
        (ONE + 'severities = ["fatal"]', ("甲", "severities", "fatal", "error")),
        (ONE + 'events = ["new", "new"]', ("甲", "events", "重复")),
        (ONE + 'digest = "hourly"', ("甲", "digest", "hourly", "daily 08:30")),
        (ONE + 'digest = "daily 8:30"', ("甲", "digest", "daily 08:30")),
        (ONE + 'language = "fr"', ("甲", "language", "fr")),
        (ONE + 'where = "64"', ("甲", "where", "列表")),
        (ONE.replace("json://127.0.0.1", "json://${NO_SUCH_VARIABLE}"), ("甲", "to", "NO_SUCH_VARIABLE", "环境变量")),
        (ONE.replace('"json', '"json://127.0.0.1", "jason'), ("甲", "to 的第 2 个地址", "jason://")),
        ('[operators]\nto = "x"', ("[operators]", "to")),
        ("operators = 1", ("operators", "[operators]")),
        ("[route]\nname = 1", ("route", "[[route]]")),
        ("routes = []", ("顶层", "routes", "没有这样的键")),
        ("[[route]", ("无法读取", "line 2")),
    ],
)
def test_a_mistake_is_told_with_route_key_and_what_to_do(text: str, told: tuple[str, ...], given: Given) -> None:
    with pytest.raises(BadRoutes) as mistake:
        given(text)
    assert [part for part in ("alerts.toml", *told) if part not in str(mistake.value)] == []


def test_the_dashboard_s_address_must_be_given(tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    for text, told in (("", "dashboard"), ('dashboard = "10.0.0.5"', "http://")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(BadRoutes, match=told):
            load_routes(file)


def test_each_warehouse_has_its_own_routes_unless_the_path_is_absolute() -> None:
    assert load_settings({"GONGKAI_WAREHOUSE": "/srv/w"}).alerts == Path("/srv/w/alerts.toml")
    assert load_settings({"GONGKAI_WAREHOUSE": "/srv/w", "GONGKAI_ALERTS": "/etc/a.toml"}).alerts == Path("/etc/a.toml")


@pytest.mark.parametrize(
    ("digest", "now", "last", "following"),
    [
        (Digest(time(8, 30)), (20, 0, 29), (19, 0, 30), (20, 0, 30)),  # 08:29 in Beijing
        (Digest(time(8, 30)), (20, 0, 30), (20, 0, 30), (21, 0, 30)),
        (Digest(time(23, 0)), (20, 14, 59), (19, 15, 0), (20, 15, 0)),  # 22:59
        (Digest(time(23, 0)), (20, 17, 0), (20, 15, 0), (21, 15, 0)),  # 01:00 of the 21st
        (Digest(time(9), 0), (20, 12, 0), (19, 1, 0), (26, 1, 0)),  # the 19th of January 2026 is a Monday
        (Digest(time(9), 0), (19, 0, 59), (12, 1, 0), (19, 1, 0)),
    ],
)
def test_a_digest_is_due_at_its_hour_in_beijing(
    digest: Digest, now: tuple[int, ...], last: tuple[int, ...], following: tuple[int, ...]
) -> None:
    moment = datetime(2026, 1, *now, tzinfo=UTC)
    assert digest.last_due(moment) == datetime(2026, 1, *last, tzinfo=UTC)
    assert digest.next_due(moment) == datetime(2026, 1, *following, tzinfo=UTC)
