"""Results of disputes by track, and correction rates against what chance alone would do (a funnel plot)."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR, percent, plain, written
from ..data.disputes import Limit, Point, Result
from ..i18n import Translator
from . import theme

_GAP = 0.09
"""Between the small multiples, as a share of the height."""
_NAMED = 5
"""Points outside the limits that are named; the others tell their names when pointed at."""
_FEW_CASES = 8
_LONG_TITLE = 16
_SYMBOLS = {"above": "triangle-up", "within": "circle", "below": "triangle-down", "too_few": "circle-open"}
_DARK_TEXT_ON = frozenset({"pending", "other"})


def result_legend(t: Translator, results: Sequence[Result]) -> list[tuple[str, str]]:
    names = {each.result_code: t.label(each, "result") for each in results}
    return [(names[code], colour) for code, colour in theme.RESULTS.items() if code in names]


def by_year(t: Translator, results: Sequence[Result], years: Sequence[int], chosen: int | None) -> dict[str, Any]:
    """A row of bars for each track over the same years. `chosen` is the year to set off."""
    labels = [str(year) for year in years]
    tracks = {each.track_code: t.label(each, "track") for each in results}
    values = {(each.year, each.track_code, each.result_code): each.value for each in results}
    names = {each.result_code: t.label(each, "result") for each in results}
    height = (1 - _GAP * (len(tracks) - 1)) / max(1, len(tracks))
    axes, notes, data = {}, [], []
    for row, (track, title) in enumerate(tracks.items()):
        top = 1 - row * (height + _GAP)
        axis = f"y{row + 1}" if row else "y"
        highest = max(
            (sum(values.get((year, track, code)) or 0 for code in theme.RESULTS) for year in years), default=0
        )
        axes[axis.replace("y", "yaxis")] = {
            "domain": [max(0.0, top - height), top - 0.05],
            "gridcolor": theme.GRID,
            "zerolinecolor": theme.GRID,
            "rangemode": "tozero",
            "tickformat": ",",
            "nticks": 4,
            "dtick": 1 if highest < 4 else None,
            "fixedrange": True,
            "automargin": True,
        }
        notes.append(_title(title, top))
        data += [
            theme.bars(
                labels,
                [plain(values.get((year, track, code))) for year in years],
                names[code],
                colour,
                yaxis=axis,
                hovertemplate=f"%{{x}} {title}<br>{names[code]}: <b>%{{y:,}}</b> {t('unit.case')}<extra></extra>",
            )
            for code, colour in theme.RESULTS.items()
        ]
    layout = theme.layout(labels, labels, str(chosen) if chosen else None, bargap=0.3, annotations=notes, **axes)
    # Below the last row, whose axis it belongs to.
    layout["xaxis"] |= {"anchor": axis.replace("yaxis", "y") if tracks else "y"}
    return {"data": data, "layout": layout | {"margin": {"l": 48, "r": 8, "t": 16, "b": 30}}}


def in_year(t: Translator, results: Sequence[Result]) -> dict[str, Any]:
    """The mix of results of each track, as shares, with the counts written on. A track with too few cases is pale."""
    tracks = {each.track_code: t.label(each, "track") for each in reversed(results)}
    values = {(each.track_code, each.result_code): each.value for each in results}
    names = {each.result_code: t.label(each, "result") for each in results}
    totals = {track: sum(values.get((track, code)) or 0 for code in names) for track in tracks}
    few = [totals[track] < SMALLEST_DENOMINATOR for track in tracks]
    ticks = [_track_tick(t, title, totals[track]) for track, title in tracks.items()]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": names[code],
            "y": list(tracks),
            "x": [_share(values.get((track, code)), totals[track]) for track in tracks],
            "customdata": [plain(values.get((track, code))) for track in tracks],
            "marker": {
                "color": [theme.pale(colour) if each else colour for each in few],
                "line": {"color": "#ffffff", "width": 1},
            },
            "texttemplate": "%{customdata:,}",
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "insidetextfont": {"color": [theme.INK if code in _DARK_TEXT_ON or each else "#ffffff" for each in few]},
            "hovertemplate": f"{names[code]}: <b>%{{customdata:,}}</b> {t('unit.case')} (%{{x:.1f}}%)<extra></extra>",
        }
        for code, colour in theme.RESULTS.items()
        if code in names
    ]
    return {
        "data": data,
        "layout": theme.plain(
            barmode="stack",
            uniformtext={"mode": "hide", "minsize": 9},
            bargap=0.35,
            margin={"l": 8, "r": 26, "t": 8, "b": 30},
            xaxis={
                "range": [0, 100],
                "ticksuffix": "%",
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zerolinecolor": theme.GRID,
            },
            yaxis={
                "type": "category",
                "tickmode": "array",
                "tickvals": list(tracks),
                "ticktext": ticks,
                "automargin": True,
                "fixedrange": True,
            },
        ),
    }


def funnel(t: Translator, points: Sequence[Point], limits: Sequence[Limit]) -> dict[str, Any]:
    """Decided cases across, correction rate up. The curves are the 95 % interval around the rate of all points together."""
    steps = [limit.decided for limit in limits]
    line: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    curves = [
        {
            **line,
            "x": steps,
            "y": [getattr(limit, bound) for limit in limits],
            "line": {"color": theme.MUTED, "width": 1.5, "dash": "dash", "shape": "spline"},
        }
        for bound in ("low_percent", "high_percent")
    ]
    middle = {
        **line,
        "x": steps,
        "y": [limit.correction_percent for limit in limits],
        "line": {"color": theme.MUTED, "width": 1.5},
    }
    marks = [
        _marks(t, standing, [point for point in points if point.standing == standing]) for standing in theme.STANDING
    ]
    outside = sorted(
        (point for point in points if point.standing in ("above", "below")),
        key=lambda point: abs(_rate(point) - point.all_corrected / point.all_decided) * point.decided**0.5,
        reverse=True,
    )
    most = max(steps, default=1)
    # The limits of a handful of cases would take the whole height.
    seen = [limit.high_percent for limit in limits if limit.decided >= _FEW_CASES]
    top = min(103.0, 1.12 * max([*seen, *(100 * _rate(point) for point in points)], default=100.0))
    ticks = [tick for tick in range(0, 101, 20 if top > 60 else 10) if tick <= top]
    return {
        "data": [*curves, middle, *(trace for trace in marks if trace["x"])],
        "layout": theme.plain(
            hovermode="closest",
            margin={"l": 48, "r": 16, "t": 12, "b": 48},
            annotations=_names(t, outside[:_NAMED]),
            xaxis={
                "type": "log",
                "title": {"text": t("chart.funnel.x"), "font": {"size": 12}},
                "tickmode": "array",
                "tickvals": [step for step in (1, 10, 100, 1000, 10_000, 100_000) if step <= most * 1.4],
                "tickangle": 0,
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zeroline": False,
            },
            yaxis={
                # Room for the names of points that stand below.
                "range": [(-0.2 if any(point.standing == "below" for point in outside[:_NAMED]) else -0.04) * top, top],
                "tickmode": "array",
                "tickvals": ticks,
                "ticktext": [f"{tick}%" for tick in ticks],
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zerolinecolor": theme.GRID,
            },
        ),
    }


def funnel_legend(t: Translator, points: Sequence[Point]) -> list[tuple[str, str]]:
    found = {point.standing for point in points}
    return [(t(f"disputes.standing.{code}"), colour) for code, colour in theme.STANDING.items() if code in found]


def point_name(t: Translator, point: Point) -> str:
    return point.name or t("children.own")


def _marks(t: Translator, standing: str, points: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t(f"disputes.standing.{standing}"),
        "x": [point.decided for point in points],
        "y": [100 * _rate(point) for point in points],
        # Only a place can be gone to.
        "customdata": [point.code if point.kind == "place" else None for point in points],
        "text": [
            f"{point_name(t, point)}<br>{point.corrected:,} / {point.decided:,} = <b>{percent(point.corrected, point.decided)}</b>"
            f"<br>{t('disputes.interval', low=f'{point.low_percent:.1f}', high=f'{point.high_percent:.1f}')}"
            for point in points
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": theme.STANDING[standing],
            "symbol": _SYMBOLS[standing],
            "size": 8 if standing == "too_few" else 11,
            "opacity": 0.85,
            "line": {"width": 1, "color": "#ffffff" if standing != "too_few" else theme.STANDING[standing]},
        },
    }


def _names(t: Translator, points: Sequence[Point]) -> list[dict[str, Any]]:
    """Away from the whole's line, and neighbours at different distances."""
    return [
        {
            "x": log10(point.decided),
            "y": 100 * _rate(point),
            "text": point_name(t, point),
            "ax": 0,
            "ay": (1 if point.standing == "below" else -1) * (18 + 14 * (index % _NAMED)),
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": theme.MUTED,
            "font": {"size": 11, "color": theme.INK},
        }
        for index, point in enumerate(sorted(points, key=lambda point: point.decided))
    ]


def _rate(point: Point) -> float:
    return point.corrected / point.decided


def _title(words: str, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{words}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": top,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
    }


def _track_tick(t: Translator, title: str, total: Any) -> str:
    few = f" · {t('chart.few')}" if total < SMALLEST_DENOMINATOR else ""
    half = title.find(" ", len(title) // 2 - 4) if len(title) > _LONG_TITLE else -1
    wrapped = title if half < 0 else f"{title[:half]}<br>{title[half + 1 :]}"
    return f"{wrapped}<br>{written(total)} {t('unit.case')}{few}"


def _share(value: Any, total: Any) -> float | None:
    return float(100 * value / total) if value is not None and total else None
