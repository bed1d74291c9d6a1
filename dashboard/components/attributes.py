"""Attributes of HTML whose names have hyphens."""

from __future__ import annotations

from typing import Any


def hyphened(**attributes: str) -> Any:
    """`aria_label="…"` as the keyword arguments {"aria-label": "…"}. Typed Any: Dash declares no such parameters."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}


def clear_button(words: str) -> dict[str, object]:
    """The cross of a select, as `clearButtonProps`: Mantine leaves it to the mouse, and only the cross takes a choice back."""
    return {"aria-label": words, "aria-hidden": False, "tabIndex": 0}
