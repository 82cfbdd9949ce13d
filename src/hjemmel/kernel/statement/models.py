from django.contrib.postgres.fields import ArrayField
from django.db import models

from hjemmel.kernel.grounds.models import Version


class Draft(models.Model):
    """A declaration being worked on: its files as they stand, and the version it began from. One is open at a
    time. `digest` is of the files' exact text, and `version` counts the changes.
    """

    class State(models.TextChoices):
        OPEN = "open"
        APPLIED = "applied"
        DISCARDED = "discarded"

    id = models.AutoField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="drafts")
    files = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="open"), name="statement_draft_one_open"
            )
        ]


class Step(models.Model):
    """One thing that was done to a draft: by whom, when, and what each file was before and after. Only ever
    added to. It names an office and ids, no person.
    """

    class Kind(models.TextChoices):
        BEGAN = "began"
        CHANGED = "changed"
        UPLOADED = "uploaded"
        UNDONE = "undone"
        REBASED = "rebased"
        DISCARDED = "discarded"
        RESTORED = "restored"
        APPLIED = "applied"

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    subject_id = models.BigIntegerField(null=True)
    office = models.CharField(max_length=60)
    changes = models.JSONField(default=dict)  # file → [text before, text after]; NULL where it is not there
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")


class Preview(models.Model):
    """What putting a draft, as it stood, in force would do: asked for by the web, worked out by the owner.

    `told` is each change in words, in three languages; `wider` are the keys of those that let more be seen,
    held longer or given to others, each of which is to be ticked; `widened` are the offices that would see or
    do more than they may now. `counts` are persons.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        READY = "ready"
        REFUSED = "refused"

    id = models.AutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="previews")
    based_on = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    day = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    wider = ArrayField(models.TextField(), default=list)
    widened = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "based_on", "digest", "day"], name="statement_preview_once"
            )
        ]


class Approval(models.Model):
    """That somebody responsible approved one preview, and what came of it. `alone`: it widens what the
    approver herself may see, and there was nobody else to approve it.
    """

    class State(models.TextChoices):
        GIVEN = "given"
        SENT = "sent"
        CONFIRMED = "confirmed"
        APPLIED = "applied"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    WAITING = (State.GIVEN, State.SENT, State.CONFIRMED)

    id = models.AutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="approvals")
    preview = models.ForeignKey(Preview, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    office = models.CharField(max_length=60)
    alone = models.BooleanField()
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.GIVEN)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, default="")
    version = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="approval")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft"],
                condition=models.Q(state__in=["given", "sent", "confirmed"]),
                name="statement_approval_one_waits",
            )
        ]


class Code(models.Model):
    """The digest of the code that was sent to whoever approved, by another way than the web. The web's role
    reads none of it.
    """

    approval = models.OneToOneField(Approval, primary_key=True, on_delete=models.CASCADE)
    digest = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
