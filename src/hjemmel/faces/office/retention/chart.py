"""The picture of the years to come: bars by year, a part of each for every activity. Widths are shares of
the whole, so that it fits any screen; parts differ by pattern too, for whoever sees no colours.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW, BAR, GAP = 34, 20, 7
FIRST, WIDE = 23.0, 60.0  # per cent: where bars begin, and the widest one
PARTS = 5  # activities with a part of their own; the rest are one


@dataclass(frozen=True)
class Part:
    """A part of a bar: place and width as per cent, and which of the patterns it has."""

    x: str
    width: str
    style: int


@dataclass(frozen=True)
class Bar:
    """A year: its label, where it leads, its parts and its sum, with the places of all of it."""

    label: str
    url: str
    parts: Sequence[Part]
    total: int
    top: int
    y: int
    baseline: int
    end: str


@dataclass(frozen=True)
class Key:
    """What a pattern stands for."""

    label: str
    style: int


@dataclass(frozen=True)
class Picture:
    """The bars with what their patterns stand for."""

    bars: Sequence[Bar]
    keys: Sequence[Key]
    height: int
    bar: int
    row: int
    first: str


@dataclass(frozen=True)
class Year:
    """The numbers of a year, by what they belong to."""

    label: str
    url: str
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        """The sum."""
        return sum(self.numbers.values())


def ranked(years: Sequence[Year], rest: str) -> tuple[list[str], list[Year]]:
    """Return the names with the most in the years before the last (of what has no day yet), the rest under
    one name, and the years by these.
    """
    sums = Counter[str]()
    for year in years[:-1]:
        sums.update(year.numbers)
    sums.update(dict.fromkeys(years[-1].numbers, 0))
    names = [name for name, _number in sums.most_common() if any(year.numbers.get(name) for year in years)]
    if len(names) <= PARTS + 1:
        return names, list(years)
    kept = names[:PARTS]
    merged = []
    for year in years:
        numbers = {name: year.numbers.get(name, 0) for name in kept}
        numbers[rest] = sum(number for name, number in year.numbers.items() if name not in kept)
        merged.append(Year(year.label, year.url, numbers))
    return [*kept, rest], merged


def picture(names: Sequence[str], years: Sequence[Year]) -> Picture:
    """Return the bars of these years, with parts in the order of the names."""
    most = max((year.total for year in years), default=0) or 1
    bars = []
    for place, year in enumerate(years):
        parts, at = [], FIRST
        for style, name in enumerate(names, 1):
            width = WIDE * year.numbers.get(name, 0) / most
            if width:
                parts.append(Part(_share(at), _share(width), style))
            at += width
        top = place * ROW
        bars.append(
            Bar(year.label, year.url, parts, year.total, top, top + GAP, top + GAP + BAR - 5, _share(at + 1))
        )
    keys = [Key(name, style) for style, name in enumerate(names, 1)]
    return Picture(bars, keys, len(bars) * ROW, BAR, ROW, _share(FIRST))


def _share(number: float) -> str:
    return f"{number:.2f}%"
