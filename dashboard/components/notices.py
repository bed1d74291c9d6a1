"""What a page cannot do with a selection, said where its figures are."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from ..view import View


def without_filters(view: View, *names: str) -> list[Component]:
    """Filters that are set and that the page's figures do not know. `names` are those of the address."""
    ignored = [view.t(f"filter.{name}") for name in names if view.address.filters.get(name)]
    if not ignored:
        return []
    words = view.t("notice.without_filters", names=view.t("suggestion.and").join(ignored))
    return [html.P(words, className="notice", role="note")]
