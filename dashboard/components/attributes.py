"""Attributes of HTML whose names have hyphens."""

from __future__ import annotations

from typing import Any


def hyphened(**attributes: str) -> Any:
    """`aria_label="…"` as the keyword arguments {"aria-label": "…"}. Typed Any: Dash declares no such parameters."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}
