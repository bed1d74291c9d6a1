"""What a figure says of reconsideration and litigation about disclosure."""

from __future__ import annotations

import re

from .figures import Figure

UNITS = frozenset("件起宗例项次条个")

_TRACK = {"reconsideration": "复议", "litigation": "诉讼"}
_HINT = re.compile("[议诉持纠]")
"""A character of every wording below: most figures are told by it to be of something else."""
_OWN = re.compile(r"(?:(?P<reconsideration>复议)|(?P<litigation>诉讼))(?:申请|案件|案|事项|件)?$")
_TAIL = re.compile(
    r"(?:与|因|涉及)?(?:政府)?(?:信息公开)?(?:有关|相关)?的?(?:行政)?(?:(?P<reconsideration>复议)|(?P<litigation>诉讼))(?:案件|案|申请)?$"
)
_CAUSED = re.compile(r"(?:发生|引发|引起|产生|涉及|被提起|被申请|收到)的?$")
_RESULT = re.compile(r"(?:结果)?(?:被)?(?:(?P<upheld>维持)|(?P<corrected>纠正))(?:原[\u4e00-\u9fff]{1,6})?的?$")
_NO_OWN = re.compile(r"(?:其中|有)?$")
_ALIEN = re.compile("审理|化解|调解|援助|培训|前置|听证|未经|尚未|咨询")


def tracks_in(text: str) -> list[str]:
    """The codes of the tracks that `text` names, in printed order."""
    return sorted(
        (track for track, word in _TRACK.items() if word in text), key=lambda track: text.index(_TRACK[track])
    )


def dispute_codes(figure: Figure) -> tuple[str, ...]:
    """The codes of the figure, of which it is known that the sentence speaks of disclosure. A 0 may be said of both tracks."""
    own, tail = figure.own, figure.tail
    if figure.unit not in UNITS or not _HINT.search(own + tail) or _ALIEN.search(own):
        return ()
    if match := _OWN.search(own):
        if "复议" in own and "诉讼" in own:
            return tuple(_TRACK) if figure.value == 0 and "后" not in own else ()
        return (match.lastgroup,) if match.lastgroup else ()
    if _CAUSED.search(own) and (match := _TAIL.match(tail)):
        return (match.lastgroup,) if match.lastgroup else ()
    result = _RESULT.search(own) or (_NO_OWN.match(own) and _RESULT.match(tail))
    if result and len(own) <= len(result[0]) + len("其中行政复议"):
        named = [track for track, word in _TRACK.items() if word in figure.before]
        return (f"{named[0]}_{result.lastgroup}",) if len(named) == 1 else ()
    return ()
