"""Giving data away: exactly what is declared, of exactly those it is declared of, by those whose duties let
them, and each person told of it.
"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person, PostalAddress
from hjemmel.kernel import access, clock
from hjemmel.kernel.disclosure import actions, queries
from hjemmel.kernel.disclosure.models import Disclosure
from hjemmel.kernel.disclosure.queries import Choice
from hjemmel.kernel.retention import outside
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import Refused
from hjemmel.kernel.verify import giving
from tests.kernel.verify.register import settle, unguarded
from tests.planting import FJORD, HARBOUR, HILL, NORTH, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SHA-02")]
RULE = "membership/recipient/grant_authority"
PURPOSE = "membership/administration"
HEAD = (
    '"Linje";"Etternavn";"Fornavn og mellomnavn";"Fødselsdato";"Kjønn";"Adresse";"Postnummer";"Poststed"'
    ';"Land";"Lag"'
)


@pytest.fixture(autouse=True)
def acts():
    with clock.at(date(2026, 3, 1)):
        yield


@pytest.fixture
def keeper(as_app):
    who = officer("register_keeper", ROOT, given="Registeransvarlig")
    return lambda: as_app(actor=f"officer:{who.pk}", purpose=PURPOSE)


def give(unit: int = ROOT, **more) -> tuple[int, list[str]]:
    done = actions.disclose(Choice(RULE, unit, **more))
    return done.number, b"".join(done.content).decode("utf-8-sig").splitlines()


def counted(sql: str, *given: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(given))
        return cursor.fetchone()[0]


def test_a_file_has_the_declared_data_of_the_members_of_the_unit(keeper):
    """Everything else of theirs is planted: phone, e-mail and number lie there and do not go."""
    for unit, given in ((HARBOUR, "Anne"), (HILL, "Berit"), (FJORD, "Cato")):
        member(unit, given=given, number=4711)
    settle()
    with keeper():
        number, lines = give(NORTH)
    assert lines == [
        HEAD,
        '"1";"Nordmann";"Anne";"1980-02-29";"";"Strandgata 1";"9008";"Tromsø";"NO";"Havna"',
        '"2";"Nordmann";"Berit";"1980-02-29";"";"Strandgata 1";"9008";"Tromsø";"NO";"Lia"',
    ]
    row = Disclosure.objects.get(pk=number)
    assert (row.recipient, row.persons, row.left_out, row.basis) == ("grant_authority", 2, 0, ["6.1.f"])
    assert row.office == "register_keeper"
    assert row.data == [
        "membership.unit", "person.birth_date", "person.gender", "person.name", "person.postal_address",
    ]  # fmt: skip


def test_those_who_left_are_not_in_it(keeper):
    member(given="Anne")
    member(given="Berit", joined_on=date(2015, 3, 1), left_on=date(2026, 3, 1), leaving="left")
    settle()
    with keeper():
        assert len(give()[1]) == 2
    with clock.at(date(2026, 2, 28)), keeper():
        assert len(give()[1]) == 3


def test_the_restricted_are_left_out_and_the_shielded_unless_chosen_without_where_they_live(keeper):
    secret, kept, _open = (member(given=given) for given in ("Anne", "Berit", "Cato"))
    settle()
    Subject.objects.filter(pk=secret.subject_id).update(shielded=True)
    Subject.objects.filter(pk=kept.subject_id).update(restricted=True)
    with keeper():
        assert queries.count(Choice(RULE, ROOT)) == queries.Count(1, 1, 1, 0)
        number, lines = give()
        assert [line.split(";")[2] for line in lines[1:]] == ['"Cato"']
        assert Disclosure.objects.get(pk=number).left_out == 2
        lines = give(shielded=True)[1]
    assert lines[1] == '"1";"Nordmann";"Anne";"1980-02-29";"";"";"";"";"";""'
    assert len(lines) == 3


def test_only_an_office_that_may_export_all_of_it_there_gives_it_away(as_app, keeper):
    member()
    settle()
    region = officer("region_leader", NORTH)
    leader = officer("chapter_leader", HARBOUR)
    for who, unit in ((region, NORTH), (region, ROOT), (leader, HARBOUR)):
        with as_app(actor=f"officer:{who.pk}", purpose=PURPOSE):
            assert queries.mine() == {}
            assert queries.count(Choice(RULE, unit)) == queries.Count(0, 0, 0, 0)
            with pytest.raises(PermissionDenied):
                give(unit)
    with keeper():
        assert queries.mine() == {RULE: [queries.Place(ROOT, shielded=True)]}
    for actor in ("", "console", "form:join", f"self:{leader.pk}", "system"):
        with as_app(actor=actor, purpose=PURPOSE), pytest.raises(PermissionDenied):
            give()
    assert counted("select count(*) from disclosure_disclosure") == 0


def test_one_who_is_no_keeper_any_more_gives_nothing(as_app):
    member()
    settle()
    who = officer("register_keeper", ROOT, ends_on=date(2026, 2, 28))
    with as_app(actor=f"officer:{who.pk}", purpose=PURPOSE), pytest.raises(PermissionDenied):
        give()


def test_the_console_gives_it_away_and_the_log_says_so(db):
    member()
    settle()
    with access.acting(actor="console", purpose=RULE):
        give()
    assert counted("select count(*) from audit_entry where kind = 'disclosed' and actor = 'console'") == 1


def test_nothing_goes_when_the_agreement_should_have_been_looked_over(keeper):
    member()
    settle()
    with clock.at(date(2026, 12, 31)), keeper():
        give()
    with clock.at(date(2027, 1, 1)), keeper():
        assert [way.hindrance for way in queries.ways()] == ["agreement"]
        with pytest.raises(Refused) as refusal:
            give()
        assert "kvitter ut først" in str(refusal.value.errors["rule"])
        outside.sign_off("recipient/grant_authority/agreement", "Lest")
        assert [way.hindrance for way in queries.ways()] == [""]
        give()
    assert giving.verify().count == 0


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ("agreed_on = null, statute = null", "nothing"),
        ("agreed_on = '2026-03-02'", "coming"),
        ("agreed_on = '2026-03-01', statute = null", ""),
        ("agreed_on = null, review = null, statute = 'x'", ""),
        ("audit = 'P1M'", "audit"),
        ("audit = 'P1M', audited_on = '2026-02-02'", ""),
        ("audit = 'P1M', audited_on = '2026-02-01'", "audit"),
    ],
)
def test_what_stands_in_the_way(keeper, terms: str, why: str):
    with connection.cursor() as cursor:
        cursor.execute(f"update disclosure_party set {terms} where name = 'grant_authority'")
    with keeper():
        assert [way.hindrance for way in queries.ways()] == [why]


def test_where_it_rests_on_consent_only_those_who_gave_it_are_in_it(keeper):
    member()
    settle()
    with connection.cursor() as cursor:
        cursor.execute("update disclosure_channel set consent = true")
    with keeper():
        assert queries.count(Choice(RULE, ROOT)) == queries.Count(0, 0, 0, 1)
        with pytest.raises(Refused):
            give()


@pytest.mark.requirement("MIN-04")
def test_everybody_in_it_is_told_and_nobody_else(keeper, as_app):
    first, other = member(HARBOUR), member(FJORD)
    settle()
    with keeper():
        number, _lines = give(NORTH)
    with as_app(actor=f"self:{first.subject_id}", purpose="accounts/administration"):
        (told,) = queries.of(first.subject_id)
        assert (told.id, told.recipient, told.basis) == (number, "grant_authority", ("6.1.f",))
        assert queries.of(other.subject_id) == []
        assert queries.given() == []
    with as_app(actor=f"self:{other.subject_id}", purpose="accounts/administration"):
        assert queries.of(other.subject_id) == []
        assert queries.of(first.subject_id) == []
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=(PURPOSE, "change_log/security")):
        assert queries.of(first.subject_id) == []
        assert queries.given() == []


def test_the_new_ones_are_those_of_whom_nothing_went_before(keeper):
    member(given="Anne")
    settle()
    with keeper():
        give()
        with pytest.raises(Refused):
            give(fresh=True)
    member(given="Berit")
    settle()
    with keeper():
        assert queries.count(Choice(RULE, ROOT, fresh=True)).persons == 1
        assert [line.split(";")[2] for line in give(fresh=True)[1][1:]] == ['"Berit"']


def test_of_one_person_alone(keeper):
    one = member(given="Anne")
    member(given="Berit")
    settle()
    with keeper():
        assert [line.split(";")[2] for line in give(subject_id=one.subject_id)[1][1:]] == ['"Anne"']


@pytest.mark.requirement("SHA-05")
def test_whoever_got_data_of_somebody_who_is_gone_since_is_to_be_told(keeper):
    member(given="Anne")
    gone = member(given="Berit")
    settle()
    with keeper():
        number, _lines = give()
        assert queries.to_tell() == []
    Subject.objects.filter(pk=gone.subject_id).update(gone_on=date(2026, 2, 27))
    with keeper():
        assert queries.to_tell() == [(number, "grant_authority", 1)]
        assert queries.one(number).gone == ((2, date(2026, 2, 27)),)
        assert actions.tell(number) == 1
        assert queries.to_tell() == []
        assert actions.tell(number) == 0


def test_others_neither_see_nor_tell_of_it(keeper, as_app):
    member()
    settle()
    with keeper():
        number, _lines = give()
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSE):
        assert queries.one(number) is None
        assert queries.how_many() == 0
        with pytest.raises(PermissionDenied):
            actions.tell(number)


@pytest.mark.parametrize(
    "attack",
    [
        "insert into disclosure_disclosure select * from disclosure_disclosure",
        "update disclosure_disclosure set persons = 1",
        "delete from disclosure_disclosure",
        "update disclosure_party set review = 'P50Y'",
        "insert into disclosure_channel select * from disclosure_channel",
        "update disclosure_channel set bits = ~bits",
        "select * from kernel.disclosure_reach('membership/recipient/grant_authority', 101, null, false)",
        "select kernel.may_disclose('membership/recipient/grant_authority', 101, false)",
        "select kernel.acting_office()",
        "insert into audit_entry (at, actor, purpose, kind, table_name)"
        " values (now(), '', '', 'disclosed', '')",
    ],
)
def test_the_web_has_no_other_way(keeper, attack: str):
    with keeper(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_what_was_given_stays_written(keeper):
    member()
    settle()
    with keeper():
        give()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from disclosure_disclosure")


def test_a_cell_is_no_formula(keeper):
    tie = member()
    settle()
    with access.acting(actor="console", purpose=PURPOSE):
        Person.objects.filter(pk=tie.subject_id).update(given_name="=HYPERLINK(1)")
        PostalAddress.objects.filter(subject=tie.subject_id).update(lines='@SUM;"1"')
    with keeper():
        line = give()[1][1]
    assert '"\'=HYPERLINK(1)"' in line
    assert '"\'@SUM;""1"""' in line


def test_a_member_of_two_units_has_two_lines_and_one_in_the_log(keeper):
    tie = member(HARBOUR)
    with access.acting(actor="console", purpose=PURPOSE):
        Membership.objects.create(subject=tie.subject, unit_id=FJORD, joined_on=date(2021, 1, 1))
    settle()
    with keeper():
        number, lines = give()
    assert len(lines) == 3
    assert (
        counted("select count(*) from audit_entry where kind = 'disclosed' and record_id = %s", number) == 1
    )
    assert giving.verify().count == 0


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("data = data || array['person.phone']", "did not give person.phone"),
        ("basis = '{6.1.a}'", "rested on another basis"),
        ("rule = 'membership/recipient/nobody'", "was not declared"),
        ("recipient = 'police'", "was for another"),
        ("persons = 7", "the lines of the log are not as many as the persons"),
        ("day = '2025-12-31'", "the agreement had not begun"),
        ("day = '2027-01-01'", "the agreement was not looked over in time"),
    ],
)
def test_what_was_given_without_basis_is_found(keeper, planted: str, told: str):
    member()
    settle()
    with keeper():
        give()
    assert giving.verify().count == 0
    with unguarded("disclosure_disclosure"), connection.cursor() as cursor:
        cursor.execute(f"update disclosure_disclosure set {planted}")
    found = giving.verify()
    assert found.count == 1, found.examples
    assert told in found.examples[0]


def test_a_line_of_the_log_without_a_disclosure_is_found(keeper):
    member()
    settle()
    with keeper():
        give()
    with unguarded("disclosure_disclosure"), connection.cursor() as cursor:
        cursor.execute("delete from disclosure_disclosure")
    assert giving.verify().count == 1
