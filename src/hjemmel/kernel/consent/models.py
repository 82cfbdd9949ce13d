from django.db import models
from django.db.models.functions import Coalesce

from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Record, Subject


class Wording(models.Model):
    """The exact text a person was asked with. Never changed: a new text is a new row."""

    id = models.AutoField(primary_key=True)
    purpose = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "language", "text"], name="consent_wording_once")
        ]


class Consent(Record):
    """A consent for one purpose over one channel, bound to the address it was given for and the wording
    shown. Rows are appended; withdrawal only sets `withdrawn_on` and its manner, once, and a review its day.
    """

    class Channel(models.TextChoices):
        EMAIL = "email"
        POST = "post"
        PHONE = "phone"
        SMS = "sms"

    class How(models.TextChoices):
        WEB = "web"
        PAPER = "paper"
        PHONE = "phone"
        EVENT = "event"
        OFFICE = "office"

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=120)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.CharField(max_length=254, null=True)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT)
    given_on = models.DateField()
    given_how = models.CharField(max_length=6, choices=How.choices)
    withdrawn_on = models.DateField(null=True)
    withdrawn_how = models.CharField(max_length=6, choices=How.choices, null=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        constraints = [days.within("consent_consent_days", "given_on", "withdrawn_on", "reviewed_on")]
        indexes = [
            models.Index(
                Coalesce("reviewed_on", "given_on"),
                condition=models.Q(withdrawn_on__isnull=True),
                name="consent_consent_by_review",
            )
        ]
