"""Who reads the log of whom: nobody more than her sight and her duties let her, asked as the web asks."""

import pytest
from django.db import connection

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person, Phone
from hjemmel.kernel import access
from hjemmel.kernel.access.logged import MOST, lines_of, may_read
from hjemmel.kernel.subjects.models import Subject
from tests.planting import FJORD, HARBOUR, ROOT, SOUTH, member, officer

pytestmark = pytest.mark.django_db
READING = ("membership/administration", "change_log/security")


@pytest.fixture
def her():
    """A member of the harbour whose number and name were changed, and who was recruited."""
    her = member(HARBOUR)
    recruiter = member(FJORD, given="Verver")
    with access.acting(actor="console", purpose="membership/administration"):
        Phone.objects.filter(subject=her.subject_id).update(number="+4768050199")
        Person.objects.filter(pk=her.subject_id).update(family_name="Ny")
        Membership.objects.filter(pk=her.pk).update(recruiter=recruiter.subject_id)
        connection.cursor().execute(
            "insert into audit_logged values ('membership.recruiter') on conflict do nothing"
        )
        Membership.objects.filter(pk=her.pk).update(recruiter=None)
    return her


def read(as_app, actor: str, subject: int, purpose=READING):
    """What the actor reads, and whether she is said to."""
    with as_app(actor=actor, purpose=purpose):
        return lines_of(subject), may_read(subject)


def test_who_reads_it(as_app, her):
    keeper = officer("register_keeper", ROOT)
    for actor, purpose, may in (
        (f"self:{her.subject_id}", ("accounts/administration",), True),
        (f"officer:{keeper.pk}", READING, True),
        (f"officer:{keeper.pk}", READING[:1], False),
        (f"officer:{keeper.pk}", ("change_log/other",), False),
        (f"officer:{officer('chapter_leader', HARBOUR).pk}", READING, False),
        (f"officer:{officer('region_leader', SOUTH).pk}", READING, False),
        (f"self:{member(FJORD, given='Ola').subject_id}", READING, False),
        (f"officer:{her.subject_id}", READING, False),
        ("form:join", READING, False),
    ):
        lines, told = read(as_app, actor, her.subject_id, purpose)
        assert (bool(lines), told) == (may, may), actor
    assert read(as_app, f"self:{her.subject_id}", her.subject_id, ()) == ([], False)


def test_what_is_not_seen_of_her_is_not_told_by_the_log(as_app, her):
    """The log says no more of a datum than the mask does."""
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=("change_log/security",)):
        lines = lines_of(her.subject_id)
        seen = access.sight.of_subject(her.subject_id).seen
    assert {one.datum for one in lines if one.datum} <= seen


def test_who_else_is_named_is_told_to_nobody(as_app, her):
    lines, _ = read(as_app, f"self:{her.subject_id}", her.subject_id, ("accounts/administration",))
    (line,) = [one for one in lines if one.field == "recruiter_id"]
    assert (line.held, line.old, line.new) == (True, None, None)


def test_where_a_shielded_person_belongs_is_not_told_by_who_acted(as_app, her):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose="membership/administration"):
        phone = Phone.objects.get(subject=her.subject_id)
        Phone.objects.filter(pk=phone.pk).update(number="+4768050177")
    Subject.objects.filter(pk=her.subject_id).update(shielded=True)
    keeper, privacy = officer("register_keeper", ROOT), officer("privacy_officer", ROOT)
    for actor, units in ((keeper, {None}), (privacy, {"Havna", None})):
        lines, _ = read(as_app, f"officer:{actor.pk}", her.subject_id)
        assert {one.unit for one in lines} <= units


def test_no_more_than_so_many_at_a_time(as_app, her):
    with access.acting(actor="console", purpose="membership/administration"):
        for number in range(MOST + 5):
            Person.objects.filter(pk=her.subject_id).update(given_name=f"Kari {number}")
    with as_app(actor=f"self:{her.subject_id}", purpose=("accounts/administration",)):
        first = lines_of(her.subject_id, many=10_000)
        assert len(first) == MOST
        rest = lines_of(her.subject_id, before=first[-1].id, many=10_000)
    ids = [one.id for one in (*first, *rest)]
    assert ids == sorted(set(ids), reverse=True)
