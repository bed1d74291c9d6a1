"""The documentation speaks of everything that exists, and its links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click
import pytest

import dashboard.pages
from dagster_project.cli import main
from dagster_project.settings import DEFAULTS, PROJECT
from dashboard.address import FILTERS, Address
from expectations.rules import RULES, Rule

README = (PROJECT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PACKAGE = re.compile(r"[A-Za-z0-9-]+")


def _table_row(first_cell: str) -> str:
    """The line of the README's tables that begins with `first_cell`, empty when there is none."""
    return next((line for line in README.splitlines() if line.startswith(f"| `{first_cell}` |")), "")


def _section(text: str, heading: str) -> str:
    """What stands under a heading of the second level, empty when there is no such heading."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("setting", DEFAULTS)
def test_every_setting_is_documented_with_its_default(setting: str) -> None:
    default = DEFAULTS[setting].removeprefix(f"{PROJECT}/")
    assert f"| `{default}` |" in _table_row(setting)
    assert f"\n#{setting}={default}\n" in (PROJECT / ".env.example").read_text(encoding="utf-8")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    texts = [file.read_text(encoding="utf-8") for file in (*DOCUMENTS, PROJECT / ".env.example")]
    assert {name for text in texts for name in re.findall(r"GONGKAI_[A-Z_]+", text)} == set(DEFAULTS)


def _commands(group: click.Group, prefix: str = "") -> dict[str, click.Command]:
    """The commands of a group and of the groups in it, by what a person types."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= (
            _commands(command, f"{prefix}{name} ") if isinstance(command, click.Group) else {prefix + name: command}
        )
    return found


COMMANDS = _commands(main)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options_and_an_example(name: str) -> None:
    row = _table_row(f"gongkai {name}")
    options = [
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    ]
    assert [option for option in options if f"`{option}`" not in row] == []
    assert row.endswith("` |")
    assert row.rpartition("| `")[2].startswith(f"gongkai {name}")


@pytest.mark.parametrize(
    "name", [module.name for module in iter_modules(dashboard.pages.__path__) if module.name != "selected"]
)
def test_every_page_is_documented(name: str) -> None:
    page = import_module(f"dashboard.pages.{name}")
    if hasattr(page, "PREFIX"):
        address = re.escape(page.PREFIX) + r"<[a-z ]+>"
    else:
        address = re.escape(page.PAGE.path if hasattr(page, "PAGE") else page.PATH)
    pages = (PROJECT / "docs" / "pages.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .+ · `{address}`$", pages, re.MULTILINE)


def test_every_parameter_of_an_address_is_documented() -> None:
    filters = {name: choices[0] for name, choices in FILTERS.items()}
    address = Address(region="640181", year=2021, filters=filters, text="镇", sql="select 1", language="en")
    parameters = re.findall(r"[?&](\w+)=", address.search)
    pages = (PROJECT / "docs" / "pages.md").read_text(encoding="utf-8")
    assert parameters
    assert [parameter for parameter in parameters if f"`{parameter}`" not in pages] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    reasons = (PROJECT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z0-9-]+)` \|", reasons, re.MULTILINE))
    assert explained == {_PACKAGE.match(requirement)[0] for requirement in requirements}  # type: ignore[index]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_every_rule_is_documented(rule: Rule) -> None:
    text = _section((PROJECT / "docs" / "rules.md").read_text(encoding="utf-8"), f"{rule.rule_id} `{rule.rule_name}`")
    told = (rule.title_zh, rule.title_en, rule.formula, rule.basis, f"Severity: {rule.severity}", *rule.forms)
    assert [part for part in told if part not in text] == []


def test_no_rule_is_documented_that_does_not_exist() -> None:
    text = (PROJECT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ([A-Z]\d+) ", text, re.MULTILINE) == [rule.rule_id for rule in RULES]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(PROJECT).as_posix())
def test_no_link_is_dead(document: Path) -> None:
    targets = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [target for target in targets if not (document.parent / target).exists()] == []
