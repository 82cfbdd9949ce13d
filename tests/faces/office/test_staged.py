"""Rows of lists that went no further: on the front page of whoever has them in hand, and of nobody else."""

from datetime import timedelta

import pytest

from hjemmel.domain.imports.models import Row, Run
from hjemmel.kernel import access
from hjemmel.kernel.clock import today
from hjemmel.kernel.subjects.models import Subject
from tests.faces.office.test_reviews import told
from tests.planting import HARBOUR, ROOT, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("PER-08")]


def staged(state: Row.State, *, days: int, count: int = 1) -> None:
    with access.acting(actor="console", purpose="import_staging/administration"):
        run = Run.objects.create(
            digest="0" * 64, options={}, state=Run.State.DONE,
            received_on=today() - timedelta(days=days),
        )  # fmt: skip
        for line in range(count):
            Row.objects.create(
                subject=Subject.objects.create(), run=run, line=line, state=state, raw=["Ola"], problems=[]
            )


def test_how_many_wait_and_how_long_they_stay(visit):
    keeper, leader = visit(officer("register_keeper", ROOT)), visit(officer("chapter_leader", HARBOUR))
    assert "Rader fra lister" not in keeper.get("/kontoret/").content.decode()
    staged(Row.State.QUEUED, days=28, count=2)
    staged(Row.State.QUEUED, days=3)
    staged(Row.State.REJECTED, days=25)
    page = told(keeper.get("/kontoret/").content.decode())
    assert "3 Rader fra lister som venter på en avgjørelse innen" in page
    assert "(om 2 dager)" in page
    assert "1 Avviste rader fra lister, som kan rettes og leses inn innen" in page
    assert "(om 5 dager)" in page
    assert "ader fra lister" not in leader.get("/kontoret/").content.decode()
