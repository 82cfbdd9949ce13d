"""Planted violations of invariant 9: what is enforced is no longer what the statement says."""

import pytest
from django.db import connection

from hjemmel.declaration import DeclarationError, texts_of
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.verify import promises, reading
from tests.kernel.verify.register import Register, counts, settle


def broken() -> int:
    return counts([promises.verify(*reading.in_force())]).get("statement_differs", 0)


@pytest.mark.parametrize(
    ("tampering", "count"),
    [
        ("update grounds_clause set period = '6 years' where rule = 'membership/keep/2'", 1),
        ("update grounds_clause set event = 'membership.joined' where rule = 'membership/keep/2'", 1),
        ("update grounds_clause set count_from = 'year_end', \"then\" = 'anonymise'"
         " where rule = 'accounts/keep/1'", 2),
        ("update grounds_clause set condition = null where rule = 'accounts/keep/1'", 1),
        ("update grounds_clause set bits = set_bit(bits, (select position from catalog_datum"
         " where name = 'person.email'), 1) where rule = 'membership/keep/2'", 1),
        ("update access_officeduty set below = not below where rule = 'offices/duty/region_leader'", 2),
        ("update access_officeduty set change_bits = bits where rule = 'membership/duty/region_leader'", 2),
        ("update access_officeduty set implied = true where rule = 'offices/duty/general_secretary'", 6),
        ("update access_officeduty set implied = true where rule = 'membership/duty/register_keeper'"
         " and clause_id = (select id from grounds_clause where rule = 'membership/keep/1')", 3),
        ("update access_officeduty set implied = false", 0),
        ("update access_responsible set office = 'treasurer' where office = 'privacy_officer'", 2),
        ("delete from audit_logged where datum = 'person.email'", 1),
        ("insert into audit_logged values ('person.language')", 1),
    ],
    ids=["period", "event", "two fields", "condition", "data", "reach", "change", "left out",
         "left out beside another", "nothing left out", "responsible", "not logged", "logged"],
)  # fmt: skip
def test_a_rule_that_was_changed_by_hand(db, tampering: str, count: int):
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    assert broken() == count


def test_a_clause_that_no_rule_made(db):
    with connection.cursor() as cursor:
        cursor.execute("update grounds_clause set status = 'old' where rule = 'import_staging/keep/1'")
    # The rule is told and not enforced, and so are the duties of two offices through it.
    assert broken() == 3


def test_a_text_that_was_not_applied(db):
    """The stored text says six years; the clause and the digest still say five."""
    with connection.cursor() as cursor:
        cursor.execute("update grounds_version set files = replace(files::text, 'P5Y', 'P6Y')::jsonb")
    with_digest = broken()
    assert with_digest > 1


ACCOUNTS = "activities/accounts.yaml"


def on_condition(*, unused: str) -> dict[str, str]:
    """The preset, with log-ins held only of accounts that have been used; `unused` is what the rule of the
    others holds.
    """
    files = texts_of("mission")
    text = files[ACCOUNTS].replace("  - account.logins\n", "  - account.logins: {only_when: account.used}\n")
    rule = "  - what: account\n    when: account.unused\n"
    assert text.count(rule) == 1
    return files | {ACCOUNTS: text.replace(rule, f"{rule}    {unused}\n" if unused else rule)}


def test_data_on_a_condition_that_a_rule_holds_regardless_are_refused(db):
    with pytest.raises(DeclarationError) as refused:
        apply(on_condition(unused=""))
    (finding,) = refused.value.findings
    line = on_condition(unused="")[ACCOUNTS].splitlines()[finding.line - 1]
    assert (finding.code, finding.file, finding.level) == ("H095", ACCOUNTS, "error")
    assert "what: account" in line
    assert "account.logins" in finding.message
    assert broken() == 0  # what was in force still is


def test_data_on_a_condition_of_their_rule_are_held_on_it(planted: Register):
    apply(on_condition(unused="data: [account.username, account.password]"))
    settle()
    # The day an account was made is of that datum: of the unused one, nothing holds it any more.
    assert counts() == {"data_without_ground": 1}
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.last_login is not null, bool_or(get_bit(c.bits, d.position) = 1)"
            " from access_account a join grounds_ground g on g.record_id = a.id"
            " join grounds_clause c on c.id = g.clause_id and c.record = 'account' and c.status = 'live'"
            " join catalog_datum d on d.name = 'account.logins' group by 1"
        )
        assert dict(cursor.fetchall()) == {True: True, False: False}
        cursor.execute(
            "update grounds_clause set bits = (select bits from grounds_clause where rule = 'accounts/keep/2'"
            " and status = 'live') where rule = 'accounts/keep/1' and status = 'live'"
        )
    assert broken() > 1  # other data than told, and held without the condition
    assert Account.objects.count() == 2
