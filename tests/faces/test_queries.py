"""What each page that lists something costs: the same number of queries for one thing as for three."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjemmel.domain.people.models import Email, Phone, PostalAddress
from hjemmel.kernel import access, clock
from hjemmel.kernel.consent.actions import Given, give
from hjemmel.kernel.consent.queries import asked
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Tenure
from tests.faces.conftest import Visitor
from tests.planting import HARBOUR, HILL, NORTH, ROOT, member, officer

pytestmark = pytest.mark.django_db
CONSOLE = {
    "actor": "console",
    "purpose": ("membership/administration", "offices/administration", "contact_register/administration"),
}

# Eight of them are the test taking and giving back the role of the web.
COSTS = {
    "front": 30,
    "members": 31,
    "offices": 24,
    "under": 23,
    "search": 24,
    "person": 41,
    "mypage": 33,
}


@pytest.fixture
def keeper(visit) -> Visitor:
    return visit(officer("register_keeper", ROOT))


def members(count: int) -> None:
    for number in range(count):
        member(HARBOUR, given=f"Kari{number}", birth_date=date(1980, 1, 1 + number))


def holders(count: int) -> None:
    for number in range(count):
        officer("chapter_leader", HARBOUR, given=f"Per{number}")


def rich(count: int) -> int:
    """Somebody with so many of everything that a person's page has a section of."""
    held = member(HARBOUR)
    with access.acting(**CONSOLE):
        for number in range(count - 1):
            Email.objects.create(
                subject_id=held.subject_id, address=f"{number}@example.org", matching=f"{number}@example.org"
            )
            Phone.objects.create(subject_id=held.subject_id, number=f"+476805030{number}")
            PostalAddress.objects.create(subject_id=held.subject_id, lines=f"Gata {number}", postcode="9008")
        for number in range(count):
            Tenure.objects.create(
                subject_id=held.subject_id, office="chapter_leader", unit_id=(HARBOUR, HILL, 121)[number],
                starts_on=date(2024, 1, 1),
            )  # fmt: skip
        for asking in asked()[:count]:
            given = Given(
                purpose=asking.purpose, channel=asking.channel, address="kari@example.org", how="paper"
            )
            give(subject_id=held.subject_id, given=given)
    return held.subject_id


LISTS: dict[str, tuple[Callable[[int], None], str]] = {
    "front": (members, "/kontoret/"),
    "members": (members, f"/kontoret/lag/{HARBOUR}/"),
    "offices": (holders, f"/kontoret/lag/{HARBOUR}/verv/"),
    "under": (members, f"/kontoret/lag/{NORTH}/under/"),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["front", "members", "offices", "under"])
def test_a_list_costs_the_same_whatever_it_holds(keeper, page, count, django_assert_num_queries):
    plant, url = LISTS[page]
    plant(count)
    keeper.get(url)  # the declaration is read once a process
    with django_assert_num_queries(COSTS[page]):
        assert keeper.get(url).status_code == 200


@pytest.mark.parametrize("count", [2, 4])
def test_a_search_costs_the_same_however_many_it_finds(keeper, count, django_assert_num_queries):
    members(count)
    url = keeper.post("/kontoret/sok/", q="Nordmann")["Location"]
    keeper.get(url)
    with django_assert_num_queries(COSTS["search"]):
        assert keeper.get(url).content.decode().count("/kontoret/person/") == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_persons_page_costs_the_same_whatever_is_held(keeper, count, django_assert_num_queries):
    url = f"/kontoret/person/{rich(count)}/"
    keeper.get(url)
    with django_assert_num_queries(COSTS["person"]):
        assert keeper.get(url).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_costs_the_same_whatever_is_held(visit, count, django_assert_num_queries):
    visitor = visit(Subject(pk=rich(count)))
    visitor.get("/minside/")
    with django_assert_num_queries(COSTS["mypage"]):
        assert visitor.get("/minside/").status_code == 200


def test_on_a_moved_day_a_request_tells_the_database_the_day_once(keeper):
    with clock.at(clock.today()), CaptureQueriesContext(connection) as done:
        assert keeper.get("/kontoret/").status_code == 200
    assert sum("set_config('hjemmel.today'" in one["sql"] for one in done) == 1
