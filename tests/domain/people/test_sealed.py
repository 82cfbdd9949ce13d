"""National identity and account numbers: on a declared ground, sealed, shown to those with a need, logged."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hjemmel.domain.people import actions, queries
from hjemmel.domain.people.formats import national_id
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.subjects.refusals import Refused
from hjemmel.kernel.vault.models import Sealed
from tests.domain.looking import joined, sql, unmasked
from tests.planting import HARBOUR, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = ("membership/administration", "offices/administration")
BORN = date(1980, 2, 29)
DIGITS = next(n for n in (national_id.synthetic(BORN, serial=s) for s in range(9)) if n).digits
REAL = "29028031234"


@pytest.fixture
def her():
    return joined(HARBOUR, given_name="Ida", family_name="Sund", birth_date=BORN.isoformat()).person_id


@pytest.fixture
def keeper(as_app, her):
    who = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        yield who


@pytest.mark.requirement("PER-02")
def test_a_number_is_stored_sealed_and_each_showing_is_logged(keeper, her):
    actions.set_national_id(person_id=her, number=f"{DIGITS[:6]} {DIGITS[6:]}")
    assert queries.visible_person(her).sealed == {"person.national_id"}
    assert DIGITS not in repr(queries.visible_person(her))
    with unmasked():
        (stored,) = sql("select value, digest, v::text from vault_sealed v")
        assert DIGITS.encode() not in bytes(stored[0]) + bytes(stored[1])
        assert DIGITS not in stored[2]
        assert not Entry.objects.filter(kind="looked_up").exists()
    assert actions.reveal_national_id(person_id=her) == DIGITS
    with unmasked():
        (entry,) = Entry.objects.filter(kind="looked_up")
        assert (entry.subject_id, entry.datum, entry.actor[:7]) == (her, "person.national_id", "tenure:")
        assert DIGITS not in str(Entry.objects.filter(pk=entry.pk).values().get())


@pytest.mark.requirement("PER-02")
def test_a_number_is_changed_found_and_removed(keeper, her):
    actions.set_national_id(person_id=her, number=DIGITS)
    other = next(n for n in (national_id.synthetic(BORN, serial=s) for s in range(50, 60)) if n).digits
    actions.set_national_id(person_id=her, number=other)
    assert actions.reveal_national_id(person_id=her) == other
    assert [(hit.person_id, hit.by) for hit in queries.search(other)] == [(her, "national_id")]
    assert queries.search(DIGITS) == []
    actions.remove_national_id(person_id=her, why="asked")
    assert actions.reveal_national_id(person_id=her) is None
    with pytest.raises(PermissionDenied):
        actions.remove_national_id(person_id=her, why="asked")
    with pytest.raises(Refused):
        actions.remove_national_id(person_id=her, why="because")


@pytest.mark.requirement("PER-02")
def test_without_a_declared_ground_the_number_is_refused_and_why_is_said(as_app):
    who = officer("register_keeper", ROOT)
    leader = officer("chapter_leader", HARBOUR, given="Lise")  # an officer, no member
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        with pytest.raises(Refused) as refused:
            actions.set_national_id(person_id=leader.pk, number=DIGITS)
        assert refused.value.errors.keys() == {"number"}
        assert "Verv og stillinger" in str(refused.value.errors["number"])
        with unmasked():
            assert not Sealed.objects.exists()


@pytest.mark.requirement("PER-02")
def test_who_has_no_need_neither_sees_finds_nor_writes_it(as_app, her):
    who, leader = officer("register_keeper", ROOT), officer("chapter_leader", HARBOUR, given="Lise")
    with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
        actions.set_national_id(person_id=her, number=DIGITS)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert queries.visible_person(her).sealed == frozenset()
        assert actions.reveal_national_id(person_id=her) is None
        assert queries.search(DIGITS) == []
        # Setting it says the same whether there is one or not.
        with pytest.raises(PermissionDenied) as there:
            actions.set_national_id(person_id=her, number=DIGITS)
        with pytest.raises(PermissionDenied) as not_there:
            actions.set_bank_account(person_id=her, number="12345678903")
        assert str(there.value) == str(not_there.value)
        with unmasked():
            assert not Entry.objects.filter(kind="looked_up").exists()


@pytest.mark.requirement("PER-02")
def test_a_demonstration_refuses_real_numbers_and_production_synthetic_ones(keeper, her):
    with pytest.raises(Refused):
        actions.set_national_id(person_id=her, number=REAL)
    with unmasked():
        Installation.objects.update(kind="production")
    with pytest.raises(Refused):
        actions.set_national_id(person_id=her, number=DIGITS)


def test_a_bank_account_is_sealed_too(keeper, her):
    actions.set_bank_account(person_id=her, number="1234.56.78903")
    assert actions.reveal_bank_account(person_id=her) == "12345678903"
    with pytest.raises(Refused):
        actions.set_bank_account(person_id=her, number="1234.56.78904")
    actions.remove_bank_account(person_id=her, why="out_of_use")
    assert queries.visible_person(her).sealed == frozenset()
