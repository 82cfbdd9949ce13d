"""The list: columns, sorting and paging, all of it read from the address and written back to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from hjemmel.faces.look.pages import Kind, Link

PER_PAGE = 50
_NEAR = 2  # pages shown on each side of the current one

Source = TypeVar("Source")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: ``name`` stands in the address when sorted by, so it is part of what a link means."""

    name: str
    label: str
    kind: Kind = "text"
    sortable: bool = True
    on_phone: bool = True


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the list: where Enter leads, and one value per column (may be ``Masked``, chips or None)."""

    url: str
    values: Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which column the list is sorted by, and which way."""

    name: str
    descending: bool = False

    @property
    def text(self) -> str:
        """The order as it stands in the address: ``name`` or ``-name``."""
        return f"-{self.name}" if self.descending else self.name


class Listing(Generic[Source]):
    """One page of a list.

    ``count`` is the number of rows in all; ``fetch(order, first, size)`` returns at most ``size`` rows from
    number ``first`` on, so that nothing outside the page is read. An unknown column or page in the address
    is answered with the nearest sensible page, never an error.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        columns: Sequence[Column],
        default: str,
        count: int,
        fetch: Callable[[Order, int, int], Sequence[Source]],
        show: Callable[[Source], Row],
        filtered: bool = False,
        empty_title: str = "",
        empty: str = "",
        empty_action: Link | None = None,
    ) -> None:
        self.columns = columns
        self.count = count
        self.filtered = filtered
        self.empty_title = empty_title
        self.empty = empty
        self.empty_action = empty_action
        self.order = self._order(request.GET.get("sort", ""), default)
        self.default = default
        self.pages = max(1, -(-count // PER_PAGE))
        self.page = min(max(1, _whole(request.GET.get("page", "1"))), self.pages)
        first = (self.page - 1) * PER_PAGE
        found = fetch(self.order, first, PER_PAGE) if count else ()
        self.rows = [show(one) for one in found]
        self.first, self.last = (first + 1, first + len(self.rows)) if self.rows else (0, 0)

    def _order(self, asked: str, default: str) -> Order:
        sortable = {column.name for column in self.columns if column.sortable}
        text = asked if asked.removeprefix("-") in sortable else default
        return Order(name=text.removeprefix("-"), descending=text.startswith("-"))

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer; None where some are left out."""
        near = range(self.page - _NEAR, self.page + _NEAR + 1)
        shown = sorted({1, self.pages, *(page for page in near if 1 <= page <= self.pages)})
        numbers: list[int | None] = []
        for page in shown:
            last = numbers[-1] if numbers else None
            if last is not None and page > last + 1:
                numbers.append(None)
            numbers.append(page)
        return numbers

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, Any]]]]:
        """Each row with its values beside their columns."""
        return [(row, list(zip(self.columns, row.values, strict=True))) for row in self.rows]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
