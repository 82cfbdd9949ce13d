from datetime import date, timedelta

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel import access
from tests.kernel.retention.keeping import rows, sweep
from tests.planting import member

pytestmark = pytest.mark.django_db
LEFT = date(2020, 2, 29)


@pytest.fixture(autouse=True)
def acts():
    with access.acting(actor="console", purpose="membership/administration"):
        yield


@pytest.mark.requirement("RET-04")
def test_a_member_who_left_loses_what_only_members_need_and_in_the_end_everything():
    tie = member(joined_on=date(2015, 3, 1), left_on=LEFT, leaving="left")
    sweep(LEFT - timedelta(days=1))
    assert Email.objects.filter(subject=tie.subject_id).exists()
    sweep(LEFT)
    assert not Email.objects.filter(subject=tie.subject_id).exists()
    assert not Phone.objects.filter(subject=tie.subject_id).exists()
    assert PostalAddress.objects.get(subject=tie.subject_id).place == "Tromsø"
    sweep(date(2025, 2, 27))
    assert Person.objects.get(pk=tie.subject_id).given_name == "Kari"
    done = sweep(date(2025, 2, 28))
    assert done.counts == {
        "membership/keep/2": {"person": 1, "record": 1, "row": 3}
    }  # the log knew when she left
    assert not Person.objects.filter(pk=tie.subject_id).exists()
    assert not Membership.objects.filter(pk=tie.pk).exists()
    assert rows("select gone_on from subjects_subject where id = %s", tie.subject_id) == [
        (date(2025, 2, 28),)
    ]
