"""Sealed values: bound to subject and datum, found unopened, each opening logged, ended with the key."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.kernel import access
from hjemmel.kernel.access.reasons import because
from hjemmel.kernel.vault import actions, crypto, queries
from hjemmel.kernel.vault.models import Key, Sealed
from tests.planting import FJORD, HARBOUR, ROOT, member, officer

ADMIN = ("membership/administration", "membership/identity")
DATUM, OTHER = "person.national_id", "person.bank_account"
ids = st.integers(0, 2**63 - 1)


@given(text=st.text(max_size=50), subject=ids)
def test_what_is_sealed_opens_for_its_own_subject_and_datum_alone(text, subject):
    key = crypto.new_key(subject)
    value = crypto.seal(key, subject_id=subject, datum=DATUM, text=text)
    assert crypto.unseal(key, subject_id=subject, datum=DATUM, value=value) == text
    if len(text) > 3:
        assert text.encode() not in value
    for wrong in ({"subject_id": subject ^ 1, "datum": DATUM}, {"subject_id": subject, "datum": OTHER}):
        with pytest.raises(crypto.UnsealableError):
            crypto.unseal(key, value=value, **wrong)


@given(place=st.integers(0, 40), flip=st.integers(1, 255))
def test_a_changed_byte_does_not_open(place, flip):
    key = crypto.new_key(1)
    value = bytearray(crypto.seal(key, subject_id=1, datum=DATUM, text="29828012345"))
    value[place % len(value)] ^= flip
    with pytest.raises(crypto.UnsealableError):
        crypto.unseal(key, subject_id=1, datum=DATUM, value=bytes(value))


def test_another_ring_opens_nothing_and_finds_nothing(settings, tmp_path):
    key = crypto.new_key(1)
    value = crypto.seal(key, subject_id=1, datum=DATUM, text="1")
    index = crypto.digest(DATUM, "1")
    settings.HJEMMEL_RING = tmp_path / "vault.json"
    with pytest.raises(crypto.UnsealableError):
        crypto.unseal(key, subject_id=1, datum=DATUM, value=value)
    assert crypto.digest(DATUM, "1") != index


def test_equal_texts_have_equal_digests_and_different_seals():
    key = crypto.new_key(1)
    assert crypto.digest(DATUM, "1") == crypto.digest(DATUM, "1")
    assert crypto.digest(DATUM, "1") != crypto.digest(OTHER, "1")
    seals = {crypto.seal(key, subject_id=1, datum=DATUM, text="1") for _ in range(20)}
    assert len(seals) == 20


@pytest.fixture
def sealed(db):
    """A member whose number is sealed, and the keeper who may see it."""
    her = member(HARBOUR, birth_date=date(1980, 2, 29)).subject_id
    keeper = officer("register_keeper", ROOT)
    with access.acting(actor="console", purpose="membership/administration"):
        actions.seal(subject_id=her, datum=DATUM, text="29828012345")
    return her, keeper


def test_each_opening_is_written_to_the_log_before_it_is_shown(as_app, sealed):
    her, keeper = sealed
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert queries.find(datum=DATUM, text="29828012345") == [her]
        assert queries.present(her) == {DATUM}
        assert actions.open_sealed(subject_id=her, datum=DATUM) == "29828012345"
        assert actions.open_sealed(subject_id=her, datum=OTHER) is None
    with connection.cursor() as cursor:
        cursor.execute("select kind, subject_id, datum, purpose from audit_entry where kind = 'looked_up'")
        assert cursor.fetchall() == [("looked_up", her, DATUM, ",".join(ADMIN))]


@pytest.mark.requirement("PER-02")
def test_who_may_not_see_it_opens_nothing_and_leaves_no_false_line(as_app, sealed):
    her, _keeper = sealed
    for who in (
        officer("chapter_leader", HARBOUR, given="Lise"),
        officer("chapter_leader", FJORD, given="Per"),
    ):
        with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
            assert actions.open_sealed(subject_id=her, datum=DATUM) is None
            assert queries.find(datum=DATUM, text="29828012345") == []
            assert queries.present(her) == frozenset()
            with connection.cursor() as cursor:
                with pytest.raises(DatabaseError, match="not yours"), transaction.atomic():
                    cursor.execute("select kernel.log_lookup(%s, %s)", [her, DATUM])
                with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                    cursor.execute("select value from public.vault_sealed")
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    Sealed.objects.create(subject_id=her, datum=DATUM, value=b"x", digest=b"y")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry where kind = 'looked_up'")
        assert cursor.fetchone() == (0,)


def test_a_person_opens_her_own(as_app, sealed):
    her, _keeper = sealed
    with as_app(actor=f"self:{her}", purpose="accounts/administration"):
        assert actions.open_sealed(subject_id=her, datum=DATUM) == "29828012345"


@pytest.mark.requirement("RET-09")
def test_without_its_key_a_value_opens_nowhere(sealed):
    her, _keeper = sealed
    with access.acting(actor="console", purpose="membership/administration"):
        copy = bytes(Sealed.objects.get(subject_id=her).value)
        with because("rule:membership/keep/1"):
            Key.objects.filter(pk=her).delete()  # as the sweep does
        assert not Key.objects.filter(pk=her).exists()
        assert actions.open_sealed(subject_id=her, datum=DATUM) is None
        actions.seal(subject_id=her, datum=OTHER, text="12345678903")  # a new key
        fresh = bytes(Key.objects.get(pk=her).wrapped)
    with pytest.raises(crypto.UnsealableError):
        crypto.unseal(fresh, subject_id=her, datum=DATUM, value=copy)
