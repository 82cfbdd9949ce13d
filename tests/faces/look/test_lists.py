import pytest
from django.test import RequestFactory

from hjemmel.faces.look.lists import Column, Listing, Order, Row

COLUMNS = [Column(name="name", label="Navn"), Column(name="phone", label="Telefon", sortable=False)]


def listing(query: str = "", *, count: int = 120, asked: list | None = None) -> Listing[int]:
    def fetch(order: Order, first: int, size: int) -> list[int]:
        if asked is not None:
            asked.append((order.text, first, size))
        return list(range(first, min(first + size, count)))

    return Listing(
        RequestFactory().get(f"/?{query}"),
        columns=COLUMNS,
        default="-name",
        count=count,
        fetch=fetch,
        show=lambda place: Row(url=f"/{place}/", values=[str(place), None]),
    )


def test_only_the_page_asked_for_is_read():
    asked: list = []
    shown = listing("page=3", asked=asked)
    assert asked == [("-name", 100, 50)]
    assert (shown.first, shown.last, shown.pages) == (101, 120, 3)


@pytest.mark.parametrize(
    ("page", "expected"), [("0", 1), ("-1", 1), ("4", 3), ("x", 1), ("²", 1), ("9" * 40, 1), ("", 1)]
)
def test_a_page_that_is_not_there_gives_the_nearest(page, expected):
    assert listing(f"page={page}").page == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("name", "name"), ("-name", "-name"), ("phone", "-name"), ("--name", "-name"), ("secret", "-name")],
)
def test_only_sortable_columns_sort(sort, expected):
    assert listing(f"sort={sort}").order.text == expected


def test_an_empty_list_asks_for_nothing():
    asked: list = []
    assert listing(count=0, asked=asked).rows == []
    assert asked == []


def test_far_pages_are_left_out_of_the_numbers():
    assert listing("page=10", count=50 * 20).numbers == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert listing(count=50).numbers == [1]
