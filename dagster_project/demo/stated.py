"""Which figures a sentence states: what a careful reader would take from the prose, for the gold file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import NamedTuple

from . import phrases


class Stated(NamedTuple):
    """A figure, in the kinds and codes of the parser's claims; of kind "none" when words say that there was nothing."""

    kind: str
    code: str
    value: int


_BY_FIELD = {
    "whole": ("channel", "all"),
    "received": ("application", "received"),
    "carried": ("application", "carried_in"),
    "processed": ("application", "processed"),
    "forward": ("application", "carried_forward"),
    "not_held": ("application", "not_held"),
    "reviews": ("dispute", "reconsideration"),
    "suits": ("dispute", "litigation"),
}
"""What the braces of a phrase stand for; those that are not listed are nobody's claim."""

_DISPUTES = ("dispute_reconsideration", "dispute_litigation")
_NONE = {
    **dict.fromkeys(phrases.NO_APPLICATIONS, ("application_received",)),
    phrases.NO_APPLICATIONS[0]: ("application_received", "application_carried_in"),
    **dict.fromkeys(phrases.NO_DISPUTES, _DISPUTES),
    phrases.NOTHING_DISCLOSED[0]: ("normative_documents_issued",),
    phrases.NOTHING_DISCLOSED[1]: ("normative_documents_issued",),
    phrases.OTHER[0]: ("processing_fee",),
    phrases.OTHER[1]: ("processing_fee",),
    phrases.OTHER[3]: ("processing_fee",),
}


def stated_in(phrase: str, figures: Mapping[str, object]) -> list[Stated]:
    """What `phrase` says with `figures` for its braces, in its order."""
    stated = [
        Stated(*_BY_FIELD[field], figure) for field in _fields(phrase) if isinstance(figure := figures[field], int)
    ]
    return stated + [Stated("none", code, 0) for code in _NONE.get(phrase, ())]


@cache
def _fields(phrase: str) -> tuple[str, ...]:
    return tuple(field for _, field, _, _ in Formatter().parse(phrase) if field in _BY_FIELD)
