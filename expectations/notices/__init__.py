"""Correction notices (整改通知书): what an organ is asked to correct in its report, as a file that an office can send.

`notice` writes one, `notices_of_place` those of all organs of a place, `notices_of_reports` those on reports of one's choice. Both read a published release and write nothing into it.
"""

from .issue import FORMATS, Format, Issued, NothingToCorrectError, current_report, notice
from .letter import Terms
from .matter import is_doubtful
from .place import notices_of_place, notices_of_reports

__all__ = [
    "FORMATS",
    "Format",
    "Issued",
    "NothingToCorrectError",
    "Terms",
    "current_report",
    "is_doubtful",
    "notice",
    "notices_of_place",
    "notices_of_reports",
]
