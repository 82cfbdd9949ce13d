"""Every preset put in force: from each sentence that states a rule, in each language, to what carries it out,
and from each row that the database acts by back to its sentence.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connection

from hjemmel.declaration import Declaration, presets
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.rules import KINDS, rules
from hjemmel.kernel.access.models import OfficeDuty
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.verify import matrix, promises
from hjemmel.kernel.verify.actions import today
from hjemmel.kernel.verify.reading import fetch
from tests.kernel.verify.presets import plant, put_in_force

pytestmark = pytest.mark.django_db
TOLD = re.compile(r'data-rule="([^"]+)"')
# Kinds of rules that no part of the program carries out yet. The number may only fall.
WAITING = 1


@pytest.fixture(params=presets())
def declaration(request, db) -> Declaration:
    return put_in_force(request.param)


def carried_out() -> Iterator[tuple[str, str]]:
    """Each row that the database acts by, with the rule that it says it is made of."""
    yield from fetch("select 'clause ' || id, rule from grounds_clause where status = 'live'")
    yield from fetch("select 'duty ' || id, rule from access_officeduty")
    yield from fetch(
        "select distinct 'purpose of duty ' || id, replace(p, '/', '/purpose/')"
        " from access_officeduty, unnest(purposes) p"
    )
    yield from fetch(
        "select distinct 'data of clause ' || c.id, c.activity || '/data' from grounds_clause c"
        " where c.status = 'live'"
    )
    yield from fetch("select 'way out ' || id, rule from disclosure_channel")
    # The erasure itself reads how long it can be taken back: there is no row of it.
    yield "undo of an erasure", "undo"
    logging = fetch("select 'logged ' || datum, datum from audit_logged")
    yield from ((row, "change_log/logged") for row, _datum in logging)


def found(declaration: Declaration, printed: dict[str, str] | None = None) -> tuple[int, str]:
    result = promises.verify(declaration, declaration.digest, printed)
    return result.count, " · ".join(result.examples)


def test_every_sentence_leads_to_what_carries_it_out_and_every_row_back(declaration):
    assert declaration.organisation.languages == LANGUAGES
    assert found(declaration) == (0, "")
    rows = list(carried_out())
    assert len(rows) > 60
    kinds = {rule.id: rule.kind for rule in rules(declaration)}
    for text in promises.publish(declaration).values():
        told = set(TOLD.findall(text))
        assert [row for row, rule in rows if rule not in told] == []
        waiting = told - {rule for _row, rule in rows}
        assert {kinds[rule] for rule in waiting} <= promises.NOT_CARRIED_OUT.keys(), waiting


def test_what_the_views_let_through_is_what_is_told_of_each_office(declaration):
    plant(declaration)
    day = today()
    result = matrix.verify(declaration, day)
    assert (result.count, result.examples) == (0, ())
    # It was tried on something: through every rule of duty somebody is seen.
    trial = matrix.Matrix(declaration, day)
    seen = {row[0] for row in fetch(SEEN)}
    duties = {rule.id for rule in rules(declaration) if rule.kind == "duty"}
    assert duties - seen == set()
    assert len(trial.officers) == sum(len(office.at) for office in declaration.offices)


SEEN = """
select distinct o.rule from access_duty d join access_officeduty o on o.id = d.duty_id
  join grounds_ground g on g.clause_id = d.clause_id join units_unit u on u.id = g.unit_id
 where d.unit_id = any(u.ancestors) and (d.below or d.unit_id = u.id)
"""


def test_the_kinds_that_wait_are_few_and_say_why():
    assert len(promises.NOT_CARRIED_OUT) == WAITING
    assert promises.NOT_CARRIED_OUT.keys() < set(KINDS)
    assert all(promises.NOT_CARRIED_OUT.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "rule",
    ["membership/keep/2", "offices/duty/chapter_leader", "membership/data", "change_log/logged",
     "contact_register/purpose/information", "membership/recipient/grant_authority"],
)  # fmt: skip
def test_a_sentence_taken_out_is_missed(db, rule: str, lang: str):
    declaration = put_in_force("mission")
    printed = promises.publish(declaration)
    assert printed[lang].count(f'data-rule="{rule}"') == 1
    printed[lang] = printed[lang].replace(f' data-rule="{rule}"', "")
    assert found(declaration, printed) == (1, f"{rule} is a rule and not told in {lang}")


def test_a_sentence_too_many_is_found(db):
    declaration = put_in_force("mission")
    printed = promises.publish(declaration)
    printed["nn"] += '<p data-rule="membership/keep/3">Og resten i femti år.</p>'
    assert found(declaration, printed) == (1, "membership/keep/3 is told in nn and no rule")


def test_a_clause_too_many_is_found(db):
    declaration = put_in_force("union")
    clause = Clause.objects.filter(status="live", rule="membership/keep/1").get()
    clause.pk, clause.rule, clause.fingerprint = None, "membership/keep/9", "planted"
    Clause.objects.bulk_create([clause])
    assert found(declaration) == (1, "membership/keep/9 is enforced and not told")


def test_a_duty_too_many_is_found(db):
    declaration = put_in_force("union")
    row = OfficeDuty.objects.select_related("clause").filter(rule="membership/duty/club_leader").first()
    row.pk, row.office, row.rule, row.implied = None, "editor", "membership/duty/editor", False
    OfficeDuty.objects.bulk_create([row])
    count, told = found(declaration)
    assert count == len(row.purposes)
    assert (
        f"membership/duty/editor through {row.clause.rule} for {row.purposes[0]} is enforced and not told"
        in told
    )


def test_data_beyond_what_is_told_are_found(db):
    declaration = put_in_force("interest")
    with connection.cursor() as cursor:
        cursor.execute(
            "update grounds_clause set bits = set_bit(bits, (select position from catalog_datum"
            " where name = 'person.national_id'), 1) where rule = 'membership/keep/1' and status = 'live'"
        )
    count, told = found(declaration)
    assert count == 2
    assert "membership/keep/1 data is told otherwise than enforced" in told
    assert "membership/data: person.national_id is held and not told" in told


def test_a_recipient_that_is_not_told_is_found(db):
    declaration = put_in_force("mission")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into disclosure_party (name, kind, agreed_on, review)"
            " values ('broker', 'controller', '2026-01-01', 'P1Y')"
        )
        cursor.execute(
            "insert into disclosure_channel (rule, activity, recipient_id, occasion, basis, statutes,"
            " clause_id, bits, consent) select 'membership/recipient/broker', activity, 'broker', occasion,"
            " basis, statutes, clause_id, bits, consent from disclosure_channel limit 1"
        )
    count, told = found(declaration)
    assert count == 2
    assert "membership/recipient/broker through membership/keep/1 is carried out and not told" in told
    assert "recipient broker is told otherwise than the database acts by" in told


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("bits = set_bit(bits, (select position from catalog_datum where name = 'person.phone'), 1)", "data"),
        ("basis = '{6.1.a}'", "basis"),
        ("consent = not consent", "consent"),
        ("occasion = 'yearly'", "occasion"),
    ],
)
def test_more_given_than_is_told_is_found(db, planted: str, told: str):
    declaration = put_in_force("mission")
    with connection.cursor() as cursor:
        cursor.execute(f"update disclosure_channel set {planted}")
        ways = cursor.rowcount
    count, said = found(declaration)
    assert count == ways > 0
    assert f"membership/recipient/grant_authority through membership/keep/1: {told} is told otherwise" in said


def test_a_recipient_that_the_database_forgot_is_found(db):
    declaration = put_in_force("union")
    with connection.cursor() as cursor:
        cursor.execute("delete from disclosure_channel")
    assert (
        "membership/recipient/confederation through membership/keep/1 is told and not carried out"
        in found(declaration)[1]
    )


def test_an_agreement_that_the_database_takes_for_longer_than_it_is_told_is_found(db):
    declaration = put_in_force("union")
    with connection.cursor() as cursor:
        cursor.execute("update disclosure_party set review = 'P50Y' where name = 'confederation'")
    assert found(declaration) == (1, "recipient confederation is told otherwise than the database acts by")


def test_data_that_no_column_holds_are_found(db):
    declaration = put_in_force("interest")
    with connection.cursor() as cursor:
        cursor.execute("delete from catalog_datum where name = 'membership.number'")
    assert "membership/data: membership.number is told and nowhere stored" in found(declaration)[1]
