"""Planted violations of invariant 9: what is enforced is no longer what the statement says."""

import pytest
from django.db import connection

from hjemmel.kernel.verify import promises, reading
from tests.kernel.verify.register import counts


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
        ("delete from audit_logged where datum = 'person.email'", 1),
        ("insert into audit_logged values ('person.language')", 1),
    ],
    ids=["period", "event", "two fields", "condition", "data", "reach", "change", "not logged", "logged"],
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
