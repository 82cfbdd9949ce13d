"""A chapter leader meets her own members and nobody else's, whatever she tries (ORG-02, ORG-03)."""

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from hjemmel.kernel.clock import today
from hjemmel.kernel.units.models import Tenure
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-03")]
CONSOLE = {"actor": "console", "purpose": ("membership/administration", "offices/administration")}
JOIN = {"kind": "ordinary", "how": "paper", "joined_on": ""}


@pytest.fixture
def stranger():
    return member(FJORD, given="Stranger", family="Fremmed")


@pytest.fixture
def leader(visit):
    return visit(officer("chapter_leader", HARBOUR))


def test_every_page_about_a_stranger_answers_as_if_nobody_was_there(leader, stranger):
    nobody = 4_000_000_000_000_000_001
    for tail in ("", "endre/", "email/ny/", f"innmelding/{HARBOUR}/", "verv/ny/", "nummer/fodselsnummer/"):
        there = leader.get(f"/kontoret/person/{stranger.subject_id}/{tail}")
        unknown = leader.get(f"/kontoret/person/{nobody}/{tail}")
        assert _told(there) == _told(unknown), tail
        assert there.status_code == 404


def test_joining_a_stranger_tells_nothing_and_writes_nothing(leader, stranger):
    before = _register()
    url = f"/kontoret/person/{stranger.subject_id}/innmelding/{HARBOUR}/"
    assert leader.post(url, **JOIN).status_code == 404
    same = {"given_name": "Stranger", "family_name": "Fremmed", "birth_date": "29.02.1980"}
    form = same | {"email": "Stranger@example.org", "source": "self_paper"} | JOIN
    assert leader.post(f"/kontoret/lag/{FJORD}/ny/", **form).status_code == 403
    assert _register() == before
    # Enrolling a namesake in her own chapter is not stopped by somebody she does not see: that would tell.
    assert leader.post(f"/kontoret/lag/{HARBOUR}/ny/", **form).status_code == 302


def test_moving_ending_and_appointing_a_stranger_writes_nothing(leader, stranger):
    before = _register()
    person = f"/kontoret/person/{stranger.subject_id}/"
    end = leader.post(f"{person}medlemskap/{stranger.pk}/avslutt/", version=1, left_on="")
    undo = leader.post(f"{person}medlemskap/{stranger.pk}/angre/")
    give = leader.post(f"{person}verv/ny/?unit={HARBOUR}", office="chapter_leader")
    assert (end.status_code, undo.status_code, give.status_code) == (404, 403, 404)
    mine = member(HARBOUR)
    own = f"/kontoret/person/{mine.subject_id}/verv/ny/?unit={HARBOUR}"
    assert leader.post(own, office="register_keeper").status_code == 403
    with access.acting(**CONSOLE):
        assert Membership.objects.get(pk=stranger.pk).left_on is None
    assert _register()["tenures"] == before["tenures"]


def test_plain_sql_shows_her_own_and_moves_nobody(as_app, stranger):
    who, mine = officer("chapter_leader", HARBOUR), member(HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose="membership/administration"):
        with connection.cursor() as cursor:
            cursor.execute("select id from people_person")
            assert {row[0] for row in cursor.fetchall()} == {mine.subject_id}
            cursor.execute(
                "update public.members_membership set unit_id = %s where id = %s", [HARBOUR, stranger.pk]
            )
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select display_name from public.people_person")


@pytest.mark.parametrize("text", ["Fremmed", "stranger@example.org", "68050123", "29.02.1980", "Fremed"])
def test_search_by_what_belongs_to_a_stranger_finds_nobody(leader, stranger, text):
    page = leader.search(text).content.decode()
    assert "Fremmed" not in page.replace(f"Søk: {text}", "").replace(f'value="{text}"', "")
    assert "Ingen du kan se, passer" in page


@pytest.mark.parametrize("sort", ["birth_date", "-birth_date", "gender", "-gender", "employer"])
def test_sorting_by_a_hidden_field_tells_nothing(visit, sort):
    region = visit(officer("region_leader", NORTH))
    for number, name in enumerate("CAB"):
        member(HARBOUR, given=name, birth_date=date(1960 + number, 1, 1))
    plain, sorted_ = (region.get(f"/kontoret/lag/{HARBOUR}/", **q) for q in ({}, {"sort": sort}))
    rows = [
        page.content.decode().partition("<tbody")[2].partition("</tbody>")[0] for page in (plain, sorted_)
    ]
    assert rows[0] == rows[1]
    # As the page would write it: the digits alone may stand within a record's number.
    assert not any(written in plain.content.decode() for written in ("januar 1960", "1960-01-01", ".1960"))
    assert "Fødselsdato" not in plain.content.decode()


def test_half_a_form_leaves_the_other_half_byte_equal(visit):
    held = member(HARBOUR)
    with access.acting(**CONSOLE):
        Person.objects.filter(pk=held.subject_id).update(
            employer="Fjordbruket", language="nn", gender="woman"
        )
        before = Person.objects.filter(pk=held.subject_id).values().get()
    form = {"version": before["version"], "middle_name": "Sofie", "source": "self_phone", "employer": "X"}
    url = f"/kontoret/person/{held.subject_id}/endre/"
    assert visit(officer("chapter_leader", HARBOUR)).post(url, **form).status_code == 302
    with access.acting(**CONSOLE):
        after = Person.objects.filter(pk=held.subject_id).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"version", "middle_name", "display_name", "search_key", "sort_key", "name_source"}


@pytest.mark.requirement("ORG-02")
@pytest.mark.parametrize(("dates", "status"), [
    ({"starts_on": date(2024, 1, 1), "ends_on": date(2026, 1, 1)}, 403),
    ({"starts_on": date(2099, 1, 1)}, 403),
    ({"starts_on": date(2024, 1, 1)}, 200),
])  # fmt: skip
def test_the_office_opens_and_closes_with_the_dates_of_the_office_held(visit, dates, status):
    assert visit(officer("chapter_leader", HARBOUR, **dates)).get("/kontoret/").status_code == status


@pytest.mark.requirement("ROL-01")
@pytest.mark.requirement("ORG-02")
def test_an_office_is_given_and_ended_on_the_persons_page(visit):
    held = member(HARBOUR)
    keeper = visit(officer("register_keeper", ROOT))
    person = f"/kontoret/person/{held.subject_id}/"
    assert f"{person}verv/ny/?unit={HARBOUR}" in keeper.get(person).content.decode()
    assert keeper.post(f"{person}verv/ny/?unit={HARBOUR}", office="chapter_leader").status_code == 302
    with access.acting(**CONSOLE):
        tenure = Tenure.objects.get(subject_id=held.subject_id)
        assert (tenure.office, tenure.unit_id, tenure.starts_on) == ("chapter_leader", HARBOUR, today())
    assert "Kari Nordmann" in keeper.get(f"/kontoret/lag/{HARBOUR}/verv/").content.decode()
    end = f"{person}verv/{tenure.pk}/avslutt/"
    assert keeper.post(end, version=1, ends_on="").status_code == 302
    assert visit(held.subject).get("/kontoret/").status_code == 200  # through the last day


def _told(answer: HttpResponse) -> str:
    """What a page says, without the token that is new each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def _register() -> dict[str, object]:
    with access.acting(**CONSOLE):
        return {
            "people": sorted(Person.objects.values_list("pk", "version")),
            "memberships": sorted(Membership.objects.values_list("pk", "version", "unit_id")),
            "tenures": sorted(Tenure.objects.values_list("pk", "version")),
        }
