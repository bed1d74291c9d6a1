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
    is_approximate: bool = False


_BY_FIELD = {
    "whole": ("channel", "all"),
    "received": ("application", "received"),
    "carried": ("application", "carried_in"),
    "processed": ("application", "processed"),
    "forward": ("application", "carried_forward"),
    "not_held": ("application", "not_held"),
    "reviews": ("dispute", "reconsideration"),
    "suits": ("dispute", "litigation"),
    "persons": ("application", "received_natural_person"),
    "issued": ("disclosure", "normative_documents_issued"),
    "in_force": ("disclosure", "normative_documents_in_force"),
    "licences": ("disclosure", "licences"),
    "penalties": ("disclosure", "penalties"),
    "penalties_at_least": ("disclosure", "penalties"),
}
"""What the braces of a phrase stand for; those that are not listed are nobody's claim."""

_APPROXIMATE = frozenset({"penalties_at_least"})
_DECISIONS = ("licences", "penalties", "coercive_measures")
_DISPUTES = ("dispute_reconsideration", "dispute_litigation")
_NONE = {
    **dict.fromkeys(phrases.NO_APPLICATIONS, ("application_received",)),
    phrases.NO_APPLICATIONS[0]: ("application_received", "application_carried_in"),
    **dict.fromkeys(phrases.NO_DISPUTES, _DISPUTES),
    **dict.fromkeys(phrases.ALL_DONE, ("application_carried_forward",)),
    phrases.NOTHING_DISCLOSED[0]: ("normative_documents_issued", *_DECISIONS),
    phrases.NOTHING_DISCLOSED[1]: ("rules_issued", "normative_documents_issued"),
    phrases.OTHER[0]: ("processing_fee",),
    phrases.OTHER[1]: ("processing_fee",),
    phrases.OTHER[3]: ("processing_fee",),
}


_NOUGHT = {phrases.NOTHING_DISCLOSED[1]: _DECISIONS}
"""Decisions that a phrase counts as 0件."""


def stated_in(phrase: str, figures: Mapping[str, object]) -> list[Stated]:
    """What `phrase` says with `figures` for its braces, in its order."""
    stated = [
        Stated(*_BY_FIELD[field], figure, field in _APPROXIMATE)
        for field in _fields(phrase)
        if isinstance(figure := figures[field], int)
    ]
    stated += [Stated("disclosure", code, 0) for code in _NOUGHT.get(phrase, ())]
    return stated + [Stated("none", code, 0) for code in _NONE.get(phrase, ())]


@cache
def _fields(phrase: str) -> tuple[str, ...]:
    return tuple(field for _, field, _, _ in Formatter().parse(phrase) if field in _BY_FIELD)
