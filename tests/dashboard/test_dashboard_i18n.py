"""Both languages say the same things, and every word of the code is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import dashboard
from dashboard.i18n import LANGUAGES, Translator
from dashboard.i18n.catalogue import MESSAGES

_SOURCES = [
    path.read_text(encoding="utf-8")
    for path in Path(dashboard.__file__).parent.rglob("*.py")
    if path.parent.name != "i18n" or path.name == "places.py"
]
_WRITTEN = {key for source in _SOURCES for key in re.findall(r"""["']([a-z_0-9]+(?:\.[a-z_0-9]+)+)["']""", source)}
_COMPOSED = {
    re.escape(key).replace(r"\{\}", r"[a-z_0-9]+")
    for source in _SOURCES
    for key in (re.sub(r"\{[^}]*\}", "{}", found) for found in re.findall(r'\bt\(\s*f"([^"]+)"', source))
}


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_is_there_in_every_language_with_the_same_names(key: str) -> None:
    message = MESSAGES[key]
    assert len(message) == len(LANGUAGES)
    names = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in message]
    if key != "table.unit":  # the unit is spelt out in English
        assert names[0] == names[1]
    if not key.startswith(("unit.", "card.reports.unit")):  # English has no classifiers
        assert all(message)


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    prefixes = {key.partition(".")[0] for key in MESSAGES}
    used = {key for key in _WRITTEN if key.partition(".")[0] in prefixes}
    assert used <= MESSAGES.keys()
    assert all(any(re.fullmatch(pattern, key) for key in MESSAGES) for pattern in _COMPOSED)


def test_no_message_is_left_over() -> None:
    assert {
        key for key in MESSAGES if key not in _WRITTEN and not any(re.fullmatch(p, key) for p in _COMPOSED)
    } == set()


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Translator("zh")("no.such.key")
