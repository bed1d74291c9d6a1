"""Every word of the dashboard's own, in Chinese and in English. Labels of the form and of rules come from the release.

A message is (zh, en); names in braces are filled in by the caller. A page's words stand in a module of its own.
"""

from __future__ import annotations

from . import (
    access,
    applications,
    common,
    compare,
    disclosure,
    disputes,
    filing,
    methods,
    organ,
    overview,
    quality,
)

_MODULES = (
    access,
    common,
    methods,
    overview,
    applications,
    disclosure,
    disputes,
    filing,
    quality,
    organ,
    compare,
)

MESSAGES: dict[str, tuple[str, str]] = {key: words for module in _MODULES for key, words in module.MESSAGES.items()}
