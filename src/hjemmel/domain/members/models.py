from django.db import models
from django.db.models.functions import Coalesce

from hjemmel.domain.members.enums import JoinedHow, LeavingCategory, MembershipKind
from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Record, Subject
from hjemmel.kernel.units.models import Unit


class Membership(Record):
    """One membership of one person in one unit, from joining to leaving. `left_on` is the first day the
    person is no longer a member. Whether it is open follows from the dates, so no status is stored.
    """

    Kind = MembershipKind
    How = JoinedHow
    Leaving = LeavingCategory

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    number = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, null=True, default=Kind.ORDINARY)
    joined_on = models.DateField(null=True)
    joined_organisation_on = models.DateField(null=True)
    joined_how = models.CharField(max_length=10, choices=How.choices, null=True)
    left_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    leaving = models.CharField(max_length=20, choices=Leaving.choices, null=True)
    leaving_reason = models.CharField(max_length=200, null=True)
    recruiter = models.ForeignKey(Subject, null=True, on_delete=models.SET_NULL, related_name="recruits")
    earlier = models.CharField(max_length=300, null=True)

    class Meta:
        constraints = [
            days.within(
                "members_membership_days", "joined_on", "joined_organisation_on", "left_on", "reviewed_on"
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
                name="members_membership_left_after_joining",
            ),
            models.UniqueConstraint(
                fields=["subject", "unit"],
                condition=models.Q(left_on__isnull=True),
                name="members_membership_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["number", "id"], name="members_membership_by_number"),
            models.Index(fields=["kind", "id"], name="members_membership_by_kind"),
            models.Index(fields=["joined_on", "id"], name="members_membership_by_joining"),
            models.Index(
                fields=["left_on", "id"],
                condition=models.Q(left_on__isnull=False),
                name="members_membership_by_leaving",
            ),
            models.Index(fields=["unit", "left_on"], name="members_membership_at_unit"),
            models.Index(fields=["recruiter"], name="members_membership_recruiter"),
            models.Index(
                Coalesce("reviewed_on", "joined_on"),
                condition=models.Q(left_on__isnull=True),
                name="members_membership_by_review",
            ),
        ]
