"""What is looked over outside the register: what the declaration names, when it is due, signing it off."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from hjemmel.declaration import texts_of
from hjemmel.kernel import access, clock
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention import outside
from hjemmel.kernel.retention.models import Outside, SignOff
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.refusals import Refused
from tests.kernel.retention.keeping import keeper
from tests.planting import HARBOUR, ROOT, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-06")]
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def acts():
    with access.acting(actor="console", purpose="membership/administration"), clock.at(TODAY):
        yield


@pytest.fixture
def responsible(as_app):
    who = officer("register_keeper", ROOT)
    return lambda: as_app(actor=f"officer:{who.pk}", purpose="retention/proof")


def due() -> dict[str, date]:
    return {one.task.id: one.due for one in outside.waiting()}


def test_every_kind_is_there_with_the_day_it_is_due(responsible):
    declaration = in_force()
    kinds = {one.kind for one in outside.tasks(declaration)}
    assert kinds >= {"agreement", "outside", "measure"}
    assert len({one.id for one in outside.tasks(declaration)}) == len(outside.tasks(declaration))
    measure = declaration.organisation.measures[0]
    with responsible():
        assert due()[f"measure/{measure.name}"] == clock.after(measure.tested, years=1)


def test_what_is_signed_off_is_due_its_own_time_after(responsible):
    with responsible():
        task = outside.waiting()[0].task
        outside.sign_off(task.id, "Sett gjennom, alt i orden")
        again = next(one for one in outside.waiting() if one.task.id == task.id)
        assert again.due == task.often.add_to(TODAY)
        assert again.done == TODAY
        assert [(one.office, one.note) for one in outside.history(task.id)] == [
            ("register_keeper", "Sett gjennom, alt i orden")
        ]


def kept_outside(text: str = "E-postkassene til de ansatte", review: str = "P1Y") -> dict[str, str]:
    """The declaration with something that lies outside the register."""
    files = texts_of("mission")
    name = "activities/membership.yaml"
    added = f"\nkept_in:\n  - {{outside: {{nb: {text}, nn: {text}, en: {text}}}, review: {review}}}\n"
    assert "kept_in" not in files[name]
    return files | {name: files[name].rstrip("\n") + added}


def test_it_outlives_new_versions_as_long_as_the_rule_stands(responsible):
    apply(kept_outside())
    with keeper():
        outside.note_tasks()
    (task,) = [one.id for one in outside.tasks(in_force()) if one.id.startswith("membership/kept_in/")]
    with responsible():
        assert due()[task] == date(2027, 3, 1)
    with clock.at(date(2026, 9, 1)):
        apply(kept_outside(review="P2Y"))  # the same rule, looked over less often
        with keeper():
            outside.note_tasks()
        with responsible():
            assert due()[task] == date(2028, 3, 1)
            outside.sign_off(task, "")
            assert due()[task] == date(2028, 9, 1)
        apply(texts_of("mission"))  # taken back
        with keeper():
            outside.note_tasks()
        with responsible(), pytest.raises(LookupError):
            outside.sign_off(task, "")
    assert not Outside.objects.filter(task=task).exists()
    assert SignOff.objects.filter(task=task).count() == 1


def test_only_those_responsible_sign_off_and_what_was_signed_stays(as_app, responsible):
    stranger = officer("chapter_leader", HARBOUR)
    task = outside.tasks(in_force())[0].id
    with as_app(actor=f"officer:{stranger.pk}", purpose="retention/proof"), pytest.raises(PermissionDenied):
        outside.sign_off(task, "")
    with responsible():
        with pytest.raises(Refused) as found:
            outside.sign_off(task, "x" * 501)
        assert list(found.value.errors) == ["note"]
        outside.sign_off(task, "")
    for sql in ("update retention_signoff set note = 'x'", "delete from retention_signoff"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
