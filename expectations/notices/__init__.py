"""Correction notices (整改通知书): what an organ is asked to correct in its report, as a file that an office can send.

`notice` writes one, `notices_of_place` those of all organs of a place. Both read a published release and write nothing into it.
"""

from .issue import FORMATS, Format, NothingToCorrectError, Notice, current_report, notice
from .letter import Terms
from .place import notices_of_place

__all__ = [
    "FORMATS",
    "Format",
    "NothingToCorrectError",
    "Notice",
    "Terms",
    "current_report",
    "notice",
    "notices_of_place",
]
