"""Taking back an erasure by hand: byte for byte, for the declared days, and never after."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from hjemmel.declaration import Period, texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access, clock
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.erasure import actions, undo
from hjemmel.kernel.erasure.models import Erasure, Undo, UndoKey
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.vault.crypto import UnsealableError, new_key
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows, sweep
from tests.kernel.retention.test_erasing import declared, erase, left
from tests.kernel.verify.register import counts
from tests.planting import member

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-03")]
DAYS = Period(days=30)


@pytest.fixture(autouse=True)
def acts():
    """The console, and rules that heed what people ask for."""
    with access.acting(actor="console", purpose="membership/administration"):
        declared()
        yield


def take_back(request: int) -> int:
    with keeper():
        return undo.take_back(request, actor="console")


def grounds(subject: int) -> list[Any]:
    return rows(
        "select clause_id, record_id, unit_id, since, ended, until from grounds_ground"
        " where subject_id = %s order by 1, 2",
        subject,
    )


def filled() -> Membership:
    """Somebody with a sealed number and a log, who left."""
    tie = member(joined_on=date(2015, 3, 1))
    register.fill(tie.subject, register.Mark("m", 5))
    register.settle()
    Person.objects.filter(pk=tie.subject_id).update(birth_date=date(1980, 3, 1))
    Membership.objects.filter(pk=tie.pk).update(left_on=date(2026, 1, 1), leaving="left")
    register.settle()
    sweep(clock.today())
    return tie


def test_the_days_are_declared():
    assert in_force().organisation.undo == DAYS


@pytest.mark.parametrize("by_night", [False, True])
def test_all_is_back_as_it_was_grounds_and_log_too(by_night):
    tie = filled()
    before, held = register.every_row(), grounds(tie.subject_id)
    request = actions.ask(subject_id=tie.subject_id)
    if by_night:
        sweep(clock.today())
    else:
        with keeper():
            actions.walk(request)
    assert Subject.objects.get(pk=tie.subject_id).gone_on == clock.today()
    assert counts() == {}
    assert take_back(request) > 0
    assert register.every_row() == before
    assert grounds(tie.subject_id) == held
    assert counts() == {}
    assert Erasure.objects.get().state == "undone"
    assert not Undo.objects.exists()
    assert not UndoKey.objects.exists()
    assert Entry.objects.filter(reason=f"undo:{request}", subject_id=tie.subject_id).exists()
    with pytest.raises(undo.TooLateError):
        take_back(request)
    sweep(clock.today())
    assert register.every_row() == before


def test_what_others_said_of_her_points_to_her_again():
    tie, recruited = left(), member(given="Per")
    Membership.objects.filter(pk=recruited.pk).update(recruiter=tie.subject_id)
    register.settle()
    request = erase(tie.subject_id).request
    assert Membership.objects.get(pk=recruited.pk).recruiter_id is None
    take_back(request)
    assert Membership.objects.get(pk=recruited.pk).recruiter_id == tie.subject_id
    assert counts() == {}


def test_nothing_of_it_can_be_read_and_no_value_lies_beside():
    mark = register.Mark("kanari", 8)
    tie = member(joined_on=date(2015, 3, 1), given="Kanarifugl")
    register.fill(tie.subject, mark)
    Membership.objects.filter(pk=tie.pk).update(left_on=date(2026, 1, 1), leaving="left")
    register.settle()
    sweep(clock.today())
    erase(tie.subject_id)
    (there,) = rows("select count(*) from erasure_undo")
    assert there[0] >= 1
    for what in ("Kanarifugl", "kanari-"):
        found = rows("select 1 from erasure_undo u where position(%s in u::text) > 0"
                     " or position(%s::bytea in sealed) > 0", what, what.encode())  # fmt: skip
        assert found == []


def test_it_can_be_taken_back_to_the_last_day_and_not_after():
    tie, late = left(), left(given="Ida")
    one, two = (erase(t.subject_id).request for t in (tie, late))
    last = DAYS.add_to(clock.today()) - timedelta(days=1)
    with clock.at(last):
        assert sweep(last).outside["undo"] == 0
        take_back(one)
        assert counts() == {}
    over = last + timedelta(days=1)
    with clock.at(over):
        with pytest.raises(undo.TooLateError):
            take_back(two)
        assert sweep(over).outside["undo"] > 0
        assert not UndoKey.objects.exists()
        assert not Undo.objects.exists()


def test_what_no_ground_held_any_more_stays_gone():
    """She had just left, so part of what was taken by hand was due that very night."""
    tie = member(joined_on=date(2015, 3, 1))
    register.fill(tie.subject, register.Mark("m", 6))
    register.settle()
    Membership.objects.filter(pk=tie.pk).update(left_on=date(2026, 1, 1), leaving="left")
    register.settle()
    before = register.everything_stored()[tie.subject_id]
    request = erase(tie.subject_id).request
    assert take_back(request) > 0
    assert counts() == {}
    after = register.everything_stored()[tie.subject_id]
    assert "person.name" in after
    assert "person.email" in before - after
    sweep(clock.today())
    assert register.everything_stored()[tie.subject_id] == after


def test_rules_that_hold_nothing_of_it_any_more_let_nothing_back():
    tie = left()
    request = erase(tie.subject_id).request
    apply({name: re.sub(r"for: P5Y\n(    after: membership.ended)", r"for: P0D\n\1", text)
           for name, text in texts_of("mission").items()})  # fmt: skip
    before = register.every_row()
    with pytest.raises(IntegrityError):
        take_back(request)
    assert register.every_row() == before
    assert Erasure.objects.get().state == "done"


def test_what_lies_too_long_is_counted():
    tie = left()
    erase(tie.subject_id)
    with connection.cursor() as cursor:
        cursor.execute("update erasure_undo set ends_on = %s", [clock.today() - timedelta(days=1)])
        number = cursor.rowcount
    assert counts() == {"data_past_last_ground": number}
    with connection.cursor() as cursor:
        cursor.execute("delete from erasure_undo")
    assert counts() == {"data_past_last_ground": 1}  # the key that opens nothing any more


def test_the_nights_own_rules_seal_nothing():
    member(joined_on=date(2010, 1, 1), left_on=date(2019, 1, 1), leaving="left")
    register.settle()
    sweep(clock.today())
    assert not Undo.objects.exists()


def test_an_organisation_that_declares_no_days_seals_nothing():
    declared(undo=None)
    tie = left()
    request = erase(tie.subject_id).request
    assert not Undo.objects.exists()
    with pytest.raises(undo.TooLateError):
        take_back(request)


def test_with_another_key_it_does_not_open():
    request = erase(left().subject_id).request
    UndoKey.objects.filter(erasure=request).update(wrapped=new_key(request))
    with pytest.raises(UnsealableError):
        take_back(request)
    assert not Person.objects.filter(given_name="Kari").exists()
