"""A record's date may stand in another table: when it moves there, the ledger follows."""

from datetime import date

import pytest

from hjemmel.domain.imports.models import Row, Run
from hjemmel.kernel import access
from hjemmel.kernel.grounds.models import Ground
from hjemmel.kernel.subjects.models import Subject

pytestmark = pytest.mark.django_db


def _staged(run: Run, line: int) -> Row:
    return Row.objects.create(
        subject=Subject.objects.create(), run=run, line=line, state="rejected", raw=["x"]
    )


def _untils() -> list[date | None]:
    return list(Ground.objects.filter(clause__record="import_row").values_list("until", flat=True))


def test_the_grounds_follow_a_date_that_moves_and_nothing_else_touches_them():
    with access.acting(actor="console", purpose="import_staging/administration"):
        run, other = (
            Run.objects.create(digest=mark * 64, options={}, received_on=date(2026, 11, 1)) for mark in "ab"
        )
        _staged(run, 2)
        _staged(other, 2)
        assert _untils() == [date(2026, 12, 1)] * 2
        Run.objects.filter(pk=run.pk).update(received_on=date(2026, 11, 11))
        assert sorted(_untils()) == [date(2026, 12, 1), date(2026, 12, 11)]
        Ground.objects.filter(record_id__in=other.rows.values("pk")).update(until=date(2030, 1, 1))
        Run.objects.update(line=7)
        assert sorted(_untils()) == [date(2026, 12, 11), date(2030, 1, 1)]
