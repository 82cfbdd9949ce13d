"""Which days can stand in the register, asked of the database and of what people type."""

from datetime import date, timedelta

import pytest
from django.db import models, transaction
from django.db.utils import IntegrityError

from hjemmel.domain.offices import actions as offices
from hjemmel.domain.people import actions as people
from hjemmel.domain.people.formats import dates
from hjemmel.kernel import access, catalog
from hjemmel.kernel.clock import days, today
from hjemmel.kernel.subjects.refusals import Refused
from tests.domain.looking import joined, sql
from tests.kernel.retention.register import Mark, hold
from tests.kernel.verify import register
from tests.planting import HARBOUR

pytestmark = pytest.mark.django_db
BOTH = {"actor": "console", "purpose": ("membership/administration", "offices/administration")}
IMPOSSIBLE = ["0001-01-01", "1849-12-31", "2150-01-01", "9999-12-31", "infinity", "-infinity"]


def dated() -> list[tuple[str, str]]:
    """The columns of days in every table about people, and in those their dates are read from."""
    about = {t.name for t in catalog.tables() if t.subject}
    about |= {e.via[1] for t in catalog.tables() for e in catalog.events(t.name) if e.via}
    return [
        (table.name, str(f.column))
        for table in catalog.tables()
        if table.name in about
        for f in table.model._meta.local_concrete_fields
        if isinstance(f, models.DateField) and not isinstance(f, models.DateTimeField)
    ]


@pytest.mark.parametrize(("table", "column"), dated())
def test_every_day_about_somebody_is_within_bounds(table, column):
    planted = register.plant()
    with access.acting(**BOTH):
        hold(planted.members[HARBOUR].subject, Mark("h"), set_on=today())
        for day in IMPOSSIBLE:
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                sql(f"update public.{table} set {column} = %s", day)
            # That a hold ends in the past is refused before it is asked whether that day can be.
            assert refused.value.__cause__.diag.constraint_name in {f"{table}_days", "hold_ends_ahead"}


def test_nobody_is_born_tomorrow():
    her = joined(HARBOUR, given_name="Eva", birth_date="14.03.1980")
    set_to = "update public.people_person set birth_date = %s where id = %s"
    with access.acting(**BOTH):
        sql(set_to, today(), her.person_id)
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(set_to, today() + timedelta(days=1), her.person_id)
        with pytest.raises(Refused) as refused:
            people.change(person_id=her.person_id, version=2, changes={"birth_date": "1.1.2149"})
        assert "framtiden" in refused.value.errors["birth_date"]


@pytest.mark.parametrize("typed", ["1.1.0001", "31.12.1849", "1.1.2150", "31.12.9999"])
def test_what_is_typed_is_refused_in_words(typed):
    with pytest.raises(dates.InvalidDate) as refused:
        dates.parse(typed)
    assert (refused.value.code, refused.value.allowed) == ("date.year", "År fra 1850 til 2149.")
    with access.acting(**BOTH), pytest.raises(Refused) as told:
        joined(HARBOUR, given_name="Eva", joined_on=typed)
    assert "År fra 1850 til 2149." in told.value.errors["joined_on"]


def test_a_day_that_is_no_text_is_refused_in_words_too():
    her = joined(HARBOUR, given_name="Eva")
    with access.acting(**BOTH), pytest.raises(Refused) as told:
        offices.appoint(
            subject_id=her.person_id, office="chapter_leader", unit_id=HARBOUR, starts_on=date(9999, 1, 1)
        )
    assert told.value.errors == {"": "Datoene må ligge mellom 1850 og 2149."}


def test_the_first_and_the_last_day_are_possible():
    her = joined(HARBOUR, given_name="Eva")
    with access.acting(**BOTH):
        for day in (days.FIRST, days.LAST):
            sql("update public.members_membership set joined_on = %s where id = %s", day, her.membership_id)
