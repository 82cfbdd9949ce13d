"""For every office, every view, against a reading of the declaration that shares nothing with it; and, so
that the reading itself is no mirror, against lists written by hand.
"""

import pytest
from django.db import connection

from hjemmel.kernel import clock
from hjemmel.kernel.verify import matrix, reading
from hjemmel.kernel.verify.world import LEDGER, masked
from tests.kernel.verify.register import Register
from tests.planting import FJORD, HARBOUR, HILL

pytestmark = [pytest.mark.requirement("ORG-03"), pytest.mark.requirement("ORG-06")]
VIEWS = sorted([*(table.name for table in masked()), LEDGER])
ACTIVITIES = {
    "contact_register": ("administration", "information"),
    "membership": ("administration", "grants", "identity"),
    "offices": ("administration", "tasks", "history"),
    "accounts": ("administration",),
    "import_staging": ("administration",),
    "change_log": ("security",),
    "holds": ("evidence",),
}
ALL = ",".join(f"{activity}/{purpose}" for activity, several in ACTIVITIES.items() for purpose in several)

REACH = {"name", "postal_address", "email", "phone"}
MEMBER = REACH | {"birth_date", "gender", "number", "kind", "joined_on", "joined_how", "unit_id"}
WHOLE = MEMBER | {"language", "employer", "municipality", "sealed"}

# office → what its holder sees of the member of Havna
SEES: dict[str, set[str]] = {
    "register_keeper": WHOLE,
    "privacy_officer": WHOLE,
    "region_leader": REACH | {"number", "kind", "joined_on", "unit_id"},
    "south": set(),
    "chapter_leader": MEMBER,
    "general_secretary": set(),
    "personnel_manager": set(),
    "former": set(),
    "coming": set(),
}

WHERE = {
    "name": "select given_name from people_person where id = %s",
    "birth_date": "select birth_date from people_person where id = %s",
    "gender": "select gender from people_person where id = %s",
    "language": "select language from people_person where id = %s",
    "employer": "select employer from people_person where id = %s",
    "municipality": "select municipality from people_person where id = %s",
    "postal_address": "select lines from people_postaladdress where subject_id = %s",
    "email": "select address from people_email where subject_id = %s",
    "phone": "select number from people_phone where subject_id = %s",
    "sealed": "select value from vault_sealed where subject_id = %s",
    **{
        field: f"select {field} from members_membership where subject_id = %s"
        for field in ("number", "kind", "joined_on", "joined_how", "unit_id")
    },
}


def as_app(actor: str, purposes: str, statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("set local role hjemmel_app")
        cursor.execute("set local search_path = seen, public, kernel")
        cursor.execute(
            "select set_config('hjemmel.actor', %s, true), set_config('hjemmel.purpose', %s, true)",
            [actor, purposes],
        )
        try:
            cursor.execute(statement, values or None)
            return cursor.fetchall()
        finally:
            if not connection.needs_rollback:
                cursor.execute("reset role")
                cursor.execute("set local search_path = public, kernel")


def test_every_office_sees_what_the_declaration_says_in_every_view(planted: Register):
    result = matrix.verify(reading.in_force()[0], clock.today())
    assert (result.count, result.examples) == (0, ())


def test_each_office_by_hand(planted: Register):
    whose = planted.members[HARBOUR].subject_id
    with connection.cursor() as cursor:
        cursor.execute("update members_membership set number = 7 where subject_id = %s", [whose])
    for office, sees in SEES.items():
        actor = f"officer:{planted.officers[office].pk}"
        seen = {
            name
            for name, statement in WHERE.items()
            if any(row[0] is not None for row in as_app(actor, ALL, statement, whose))
        }
        assert seen == sees, office


@pytest.mark.parametrize(
    ("purpose", "sees"),
    [
        ("membership/grants", {"name", "birth_date", "postal_address", "gender", "municipality"}),
        ("membership/identity", {"name", "employer", "sealed"}),
        ("offices/administration", set()),
        ("contact_register/administration", set()),
        ("membership/newsletter", set()),
        ("", set()),
    ],
)
def test_a_purpose_shows_only_what_it_uses(planted: Register, purpose: str, sees: set[str]):
    whose = planted.members[HARBOUR].subject_id
    actor = f"officer:{planted.officers['register_keeper'].pk}"
    records = {"number", "kind", "joined_on", "joined_how", "unit_id"}
    seen = {
        name
        for name, statement in WHERE.items()
        if any(row[0] is not None for row in as_app(actor, purpose, statement, whose))
    }
    assert seen - records == sees
    assert bool(seen & records) == (purpose == "membership/grants")


def test_the_shielded_show_no_place_and_the_restricted_nothing(planted: Register):
    leader = f"officer:{planted.officers['chapter_leader'].pk}"
    privacy = f"officer:{planted.officers['privacy_officer'].pk}"
    for statement in (WHERE["postal_address"], WHERE["email"], WHERE["phone"], WHERE["unit_id"]):
        found = as_app(leader, ALL, statement, planted.shielded.subject_id)
        assert not [row for row in found if row[0] is not None], statement
    grounds = "select unit_id from grounds_ground where subject_id = %s"
    assert set(as_app(leader, ALL, grounds, planted.shielded.subject_id)) == {(None,)}
    assert as_app(leader, ALL, WHERE["name"], planted.shielded.subject_id) == [("Skjermet",)]
    assert as_app(leader, ALL, WHERE["name"], planted.restricted.subject_id) == []
    assert as_app(privacy, ALL, WHERE["name"], planted.restricted.subject_id) == [("Begrenset",)]
    assert as_app(privacy, ALL, WHERE["email"], planted.shielded.subject_id) == [("Skjermet@example.org",)]


@pytest.mark.parametrize("view", VIEWS)
def test_without_actor_or_purpose_no_row(planted: Register, view: str):
    keeper, member = planted.officers["register_keeper"].pk, planted.members[HARBOUR].subject_id
    for actor, purposes in (
        ("", ALL),
        ("", ""),
        (f"officer:{keeper}", ""),
        (f"officer:{keeper}", "membership/unheard_of"),
        (f"self:{member}", ""),
        (str(keeper), ALL),
        (f"Officer:{keeper}", ALL),
        ("console", ALL),
        ("job:retention", ALL),
        ("form:join", ALL),
        (f"form:{keeper}", ALL),
    ):
        assert as_app(actor, purposes, f"select count(*) from seen.{view}") == [(0,)], (actor, purposes)
    for table in [view] if view != LEDGER else []:
        key = next(t.key for t in masked() if t.name == table)
        assert as_app("", "", f"select count({key}) from public.{table}") == [(0,)]


def test_on_her_own_page_a_person_sees_herself_and_nobody_else(planted: Register):
    me = planted.members[HILL].subject_id
    actor = f"self:{me}"
    for statement in (
        "select id from people_person",
        "select subject_id from people_email",
        "select subject_id from members_membership",
        "select subject_id from grounds_ground",
    ):
        assert set(as_app(actor, "accounts/administration", statement)) == {(me,)}
    units = as_app(actor, "accounts/administration", "select unit_id from members_membership")
    assert sorted(units) == [(HILL,), (FJORD,)]
