"""Charts as SVG that a README can show: bars and lines on logarithmic scales, in light and in dark."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

WIDTH = 820
MARGIN = 24
LABELS = 290  # room for the names left of bars
NAMES = 290  # and right of lines
LEFT = 80  # room for the scale left of lines
FIGURES = 90  # room for the figures on the right
ROW = 28
LINES_HEIGHT = 420
TOP = 64
STYLE = """
    text { font: 14px system-ui, sans-serif; fill: #24292f }
    .title { font-size: 16px; font-weight: 600 }
    .small { font-size: 12px; fill: #57606a }
    .bar, .dot { fill: #8c959f }
    .line { stroke: #8c959f; stroke-width: 2; fill: none }
    .grid { stroke: #d0d7de }
    .ours .bar, .ours .dot { fill: #b3261e }
    .ours .line { stroke: #b3261e; stroke-width: 3 }
    .ours text { font-weight: 600 }
    @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 }
        .small { fill: #9198a1 }
        .grid { stroke: #3d444d }
        .ours .bar, .ours .dot { fill: #ff8a80 }
        .ours .line { stroke: #ff8a80 }
    }
"""


def bars(title: str, note: str, values: Mapping[str, float], ours: Sequence[str], unit: str) -> str:
    """Horizontal bars on a logarithmic scale, from the first value to the last; `ours` are marked."""
    room = WIDTH - LABELS - FIGURES - MARGIN
    scale = _Scale(values.values(), LABELS, LABELS + room)
    height = TOP + ROW * len(values) + MARGIN
    parts = [_grid(scale, TOP - 6, height - MARGIN, unit)]
    for place, (name, value) in enumerate(values.items()):
        y = TOP + ROW * place
        length = max(scale.at(value) - LABELS, 2)
        parts.append(
            _group(
                name in ours,
                _text(LABELS - 10, y + 18, name, anchor="end"),
                f'<rect class="bar" x="{LABELS}" y="{y + 5}" width="{length:.0f}" height="{ROW - 10}" rx="2"/>',
                _text(LABELS + length + 8, y + 18, f"{_short(value)} {unit}"),
            )
        )
    return _svg(height, title, note, parts)


def lines(title: str, note: str, series: Mapping[str, Mapping[int, float]], ours: Sequence[str], unit: str) -> str:
    """Lines on two logarithmic scales: from a number of articles to a value."""
    height = LINES_HEIGHT
    xs = [x for points in series.values() for x in points]
    across = _Scale(xs, LEFT, WIDTH - NAMES, tight=True)
    up = _Scale([y for points in series.values() for y in points.values()], height - 50, TOP)
    parts = [_steps(up, LEFT, WIDTH - NAMES, unit)]
    parts += [_text(across.at(x), height - 28, f"{x:,}", anchor="middle", style="small") for x in sorted(set(xs))]
    parts.append(_text((LEFT + WIDTH - NAMES) / 2, height - 8, "articles", anchor="middle", style="small"))
    heights = _apart({name: up.at(points[max(points)]) for name, points in series.items()})
    for name, points in series.items():
        parts.append(_line(name, points, across, up, heights[name], name in ours))
    return _svg(height, title, note, parts)


class _Scale:
    """A logarithmic scale from values to pixels, whose ends are powers of ten unless it is `tight`."""

    def __init__(self, values: Iterable[float], start: float, end: float, tight: bool = False) -> None:
        logs = [math.log10(value) for value in values]
        self.low = min(logs) if tight else math.floor(min(logs) - 0.01)
        self.high = max(logs) if tight else math.ceil(max(logs) + 0.01)
        self.high = max(self.high, self.low + 0.1)
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def powers(self) -> list[float]:
        """The powers of ten on the scale."""
        return [10.0**power for power in range(math.ceil(self.low), math.floor(self.high) + 1)]


def _line(name: str, points: Mapping[int, float], across: _Scale, up: _Scale, label: float, ours: bool) -> str:
    placed = [(across.at(x), up.at(y)) for x, y in sorted(points.items())]
    way = " ".join(f"{x:.0f},{y:.0f}" for x, y in placed)
    dots = (f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="4"/>' for x, y in placed)
    return _group(ours, f'<polyline class="line" points="{way}"/>', *dots, _text(placed[-1][0] + 12, label + 5, name))


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """The heights of labels, moved so that none covers another."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(heights.items(), key=lambda pair: pair[1]):
        last = max(height, last + 18)
        placed[name] = last
    return placed


def _grid(scale: _Scale, top: float, bottom: float, unit: str) -> str:
    return "".join(
        f'<line class="grid" x1="{scale.at(power):.0f}" x2="{scale.at(power):.0f}" y1="{top}" y2="{bottom}"/>'
        + _text(scale.at(power), bottom + 14, f"{_short(power)} {unit}", anchor="middle", style="small")
        for power in scale.powers()
    )


def _steps(scale: _Scale, left: float, right: float, unit: str) -> str:
    return "".join(
        f'<line class="grid" x1="{left}" x2="{right}" y1="{scale.at(power):.0f}" y2="{scale.at(power):.0f}"/>'
        + _text(left - 8, scale.at(power) + 4, f"{_short(power)} {unit}", anchor="end", style="small")
        for power in scale.powers()
    )


def _group(ours: bool, *parts: str) -> str:
    return f"<g class='{'ours' if ours else 'other'}'>{''.join(parts)}</g>"


def _text(x: float, y: float, text: str, anchor: str = "start", style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{named}>{escape(text)}</text>'


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1g}" if value < 1 else f"{value:.2g}"


def _svg(height: float, title: str, note: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    told = f"{_text(MARGIN, 24, title, style='title')}{_text(MARGIN, 44, note, style='small')}"
    inside = "\n".join([f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", told, *parts])
    return f'{head} role="img">\n{inside}\n</svg>\n'
