"""A unit's list: pages, order, counts; and an order that tells nothing of what is hidden."""

import pytest
from django.db import connection

from hjemmel.domain.members import lookups, queries
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel.subjects.models import Subject
from tests.domain.looking import joined, left
from tests.planting import FJORD, HARBOUR, HILL, NORTH, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"


@pytest.fixture
def people():
    """Five of the harbour, one of the hill, one who has left."""
    born = ["01.01.1990", "01.01.1950", "01.01.2010", "01.01.1970", "01.01.1930"]
    names = ["Åse Ask", "Berit Berg", "Øyvind Aas", "Cato Dahl", "Zoe Eng"]
    found = {}
    for whole, day in zip(names, born, strict=True):
        given, family = whole.split()
        found[given] = joined(
            HARBOUR,
            given_name=given,
            family_name=family,
            birth_date=day,
            emails=[f"{ord(given[0])}@example.org"],
        )
    found["Hild"] = joined(HILL, given_name="Hild", family_name="Haug", birth_date="05.05.1985")
    found["Gro"] = joined(HARBOUR, given_name="Gro", family_name="Gått", birth_date="06.06.1960")
    left(found["Gro"], "01.05.2026")
    return found


def given(rows):
    return [row.display_name.split()[0] if row.display_name else None for row in rows]


def test_by_name_as_norwegians_sort_and_in_both_directions(as_app, people):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert given(queries.unit_page(HARBOUR)) == ["Åse", "Berit", "Cato", "Zoe", "Øyvind"]
        assert given(queries.unit_page(HARBOUR, descending=True)) == ["Øyvind", "Zoe", "Cato", "Berit", "Åse"]
        assert given(queries.unit_page(HARBOUR, sort="birth_date")) == [
            "Zoe",
            "Berit",
            "Cato",
            "Åse",
            "Øyvind",
        ]
        assert given(queries.unit_page(HARBOUR, size=2, page=2)) == ["Cato", "Zoe"]
        assert queries.unit_page(HARBOUR, page=9) == []


@pytest.mark.requirement("ORG-03")
def test_only_her_own_unit_and_the_open(as_app, people):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        for unit in (HILL, FJORD):
            assert queries.unit_page(unit) == []
        assert len(queries.unit_page(ROOT, below=True)) == 5
        assert queries.unit_count(HARBOUR) == 5
        assert queries.unit_count(ROOT, below=True) == 5
        assert queries.unit_count(HARBOUR, state="all") == 5
        assert queries.unit_counts(ROOT) == {HARBOUR: 5}


def test_above_the_units_below_come_along_and_whoever_may_sees_the_ended(as_app, people):
    region, keeper = officer("region_leader", NORTH), officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{region.pk}", purpose=ADMIN):
        assert queries.unit_counts(NORTH) == {HARBOUR: 5, HILL: 1}
        assert queries.unit_page(NORTH) == []
        assert len(queries.unit_page(NORTH, below=True, sort="unit")) == 6
        assert given(queries.unit_page(NORTH, below=True, sort="unit"))[-1] == "Hild"
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert given(queries.unit_page(HARBOUR, state="ended")) == ["Gro"]
        assert queries.unit_count(HARBOUR, state="ended") == 1
        assert queries.unit_count(HARBOUR, state="all") == 6


@pytest.mark.requirement("ORG-03")
def test_sorting_by_what_is_hidden_tells_nothing(as_app, people):
    region = officer("region_leader", NORTH)  # sees neither birth date nor gender
    by_id = sorted(m.membership_id for name, m in people.items() if name != "Gro")
    with as_app(actor=f"officer:{region.pk}", purpose=ADMIN):
        for descending in (False, True):
            rows = queries.unit_page(NORTH, below=True, sort="birth_date", descending=descending)
            assert [row.membership_id for row in rows] == by_id
            assert {row.birth_date for row in rows} == {None}


def test_the_shielded_stand_in_no_list_of_who_may_not_see_where_they_belong(as_app, people):
    leader, keeper = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    Subject.objects.filter(pk=people["Cato"].person_id).update(shielded=True)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert given(queries.unit_page(HARBOUR)) == ["Åse", "Berit", "Zoe", "Øyvind"]
        assert queries.unit_count(HARBOUR) == 4
        (row,) = queries.memberships(people["Cato"].person_id)
        assert (row.unit_id, row.unit_name) == (None, None)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert "Cato" in given(queries.unit_page(HARBOUR))
        assert queries.unit_count(HARBOUR) == 5


def test_a_long_list_is_walked_and_a_short_one_sorted_to_the_same_end(as_app, people, monkeypatch):
    keeper = officer("register_keeper", ROOT)
    pages = []
    for many in (100, 2):
        monkeypatch.setattr(lookups, "MANY_UNITS", many)
        with connection.cursor() as cursor:
            positions = dict(cursor.execute("select name, position from catalog_datum") or cursor.fetchall())
            cursor.execute(lookups._page(positions))
        with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
            pages.append(
                [
                    [row.membership_id for row in queries.unit_page(ROOT, below=True, size=4, page=page)]
                    for page in (1, 2, 3)
                ]
            )
    assert pages[0] == pages[1]
    assert [len(page) for page in pages[0]] == [4, 2, 0]


@pytest.mark.parametrize("number", [1, 5])
def test_a_page_takes_seven_queries_whatever_its_length(as_app, django_assert_num_queries, number):
    leader = officer("chapter_leader", HARBOUR)
    for i in range(number):
        joined(HARBOUR, given_name="Ole", family_name=f"Berg{'abcde'[i]}", emails=["ole@example.org"])
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        with django_assert_num_queries(7):
            assert len(queries.unit_page(HARBOUR)) == number
        with django_assert_num_queries(1):
            assert queries.unit_count(HARBOUR) == number


@pytest.mark.parametrize("wrong", [{"sort": "shoe_size"}, {"state": "asleep"}])
def test_an_unknown_order_is_a_fault_in_the_caller(as_app, wrong):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN), pytest.raises(ValueError, match="cannot sort"):
        queries.unit_page(HARBOUR, **wrong)


def test_every_column_that_can_be_sorted_by_sorts(as_app, people):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        everybody = set(Membership.objects.values_list("pk", flat=True))
        assert Person.objects.count() == len(everybody)
        for column in lookups.SORTS:
            for descending in (False, True):
                rows = queries.unit_page(ROOT, below=True, state="all", sort=column, descending=descending)
                assert {row.membership_id for row in rows} == everybody
