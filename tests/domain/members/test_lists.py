"""A unit's list: pages, order, counts; and an order that tells nothing of what is hidden."""

from datetime import date

import pytest

from hjemmel.domain.members import lookups, queries
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.formats import name as names
from hjemmel.domain.people.models import Person
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Tenure
from tests.domain.looking import joined, left, sql
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


@pytest.fixture
def mixed(people, monkeypatch):
    """People whose values are there, empty, alike, or hidden by what they are; and who sees how much of them.
    Nobody is looked at beyond what fills a page, so that those hidden make it go on looking.
    """
    monkeypatch.setattr(lookups, "SPARE", 0)
    sql(lookups.page(dict(sql("select name, position from catalog_datum"))))
    born = {"birth_date": "01.01.1950"}  # the same day as Berit
    joined(HILL, given_name="Ada", family_name="Berg", joined_on="01.01.2021", **born)
    joined(FJORD, given_name="Ulf", family_name="Berg", joined_on="01.01.2021", gender="man")
    joined(NORTH, given_name="Ina", family_name="Nord", joined_on="01.01.2019", gender="woman", **born)
    left(joined(FJORD, given_name="Per", family_name="Fjord", gender="man", **born), "01.09.2026")
    left(joined(FJORD, given_name="Eva", family_name="Snart", **born), "01.09.2027")
    Person.objects.filter(pk=people["Zoe"].person_id).update(sort_key=None, display_name=None)
    Subject.objects.filter(pk=people["Cato"].person_id).update(shielded=True)
    Subject.objects.filter(pk=people["Berit"].person_id).update(restricted=True)
    # She sees no birth dates in the region, but in the chapter that she leads too.
    twice = officer("region_leader", NORTH, given="Tove")
    Tenure.objects.create(subject=twice, office="chapter_leader", unit_id=HILL, starts_on=date(2024, 1, 1))
    return [
        twice,
        officer("register_keeper", ROOT),
        officer("privacy_officer", ROOT, given="Pia"),
        officer("region_leader", NORTH),
        officer("chapter_leader", HARBOUR),
    ]


def key(row, column):
    """What a row is sorted by, of what is shown: the value, then an id; None where nothing is to be seen."""
    value = getattr(row, {"name": "display_name", "unit": "unit_name"}.get(column, column))
    if value is None:
        return None
    if column == "name":
        given, family = value.split()
        value = names.sort_key(family, given)
    tie = {"p": row.person_id, "m": 0, "u": row.unit_id}[lookups.SORTS[column][0]]
    return value, tie, row.membership_id


@pytest.mark.requirement("ORG-03")
@pytest.mark.parametrize("state", queries.STATES)
@pytest.mark.parametrize("column", lookups.SORTS)
def test_any_order_is_the_order_of_what_is_shown_and_the_rest_stands_last(as_app, mixed, column, state):
    several = set()
    for who in mixed:
        with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
            for descending in (False, True):
                asked = {"below": True, "state": state, "sort": column, "descending": descending}
                rows = queries.unit_page(ROOT, **asked)
                seen = sorted((r for r in rows if key(r, column)), key=lambda r: key(r, column))
                rest = sorted((r for r in rows if not key(r, column)), key=lambda r: r.membership_id)
                assert rows == [*(reversed(seen) if descending else seen), *rest]
                assert len({r.membership_id for r in rows}) == queries.unit_count(
                    ROOT, below=True, state=state
                )
                pages = [queries.unit_page(ROOT, **asked, size=3, page=page) for page in range(1, 6)]
                assert [row for page in pages for row in page] == rows
                several.add((bool(seen), bool(rest)))
    assert any(seen for seen, _rest in several)


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
