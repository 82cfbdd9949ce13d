"""What went by itself in the night: on the front page, counted as records and not as steps."""

import pytest
from django.utils import timezone

from hjemmel.kernel import access
from hjemmel.kernel.clock import today
from hjemmel.kernel.retention.models import Run
from tests.faces.office.test_reviews import told
from tests.planting import HARBOUR, officer

pytestmark = pytest.mark.django_db


def test_a_line_that_went_with_the_nobody_it_was_about_is_one_line(visit):
    with access.acting(actor="console", purpose="import_staging/administration"):
        now = timezone.now()
        counts = {
            "import_staging/keep/1": {"record": 641, "subject": 641},
            "membership/keep/1": {"datum": 4, "row": 3},
        }
        Run.objects.create(
            day=today(), actor="job:retention", state=Run.State.DONE, began_at=now, ended_at=now, due=641,
            swept=641, counts=counts,
        )  # fmt: skip
    page = told(visit(officer("chapter_leader", HARBOUR)).get("/kontoret/").content.decode())
    assert "641 Import av lister" in page
    assert "7 Medlemskap: enkeltopplysninger" in page
    assert "1 282" not in page
