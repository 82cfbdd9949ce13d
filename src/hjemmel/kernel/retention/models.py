from django.db import models

from hjemmel.kernel.grounds.models import Version


class Run(models.Model):
    """One run of the sweep: when, for which day, how much went by which rule. It names nobody, so it stays as
    the proof when the data are gone. `version` is the declaration it went by, `due` how many persons the plan
    concerned as it began, `swept` how many subjects were looked at, `counts` is rule → what happened → how
    often. Of those `left`, the database `refused` some; of `held` persons a hold kept something that was due.
    `told_at`: the responsible office was told.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        BROKEN = "broken"  # by an error, or by whoever ran it; the next run goes on where it was
        STOPPED = "stopped"  # by the brake: far more was due than usual, and nobody had said yes

    id = models.AutoField(primary_key=True)
    day = models.DateField()
    actor = models.CharField(max_length=80)
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due = models.PositiveIntegerField()
    swept = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    refused = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)


class Stop(models.Model):
    """What the brake saw as it stopped a run: what was planned, and the most that went in a run of late, both
    as rule → what happens → how often. `usual_due` is the most persons.
    """

    class Why(models.TextChoices):
        UNUSUAL = "unusual"
        REJECTED = "rejected"  # nothing goes until somebody has looked at it

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.PROTECT, related_name="stop")
    why = models.CharField(max_length=8, choices=Why.choices)
    planned = models.JSONField()
    usual = models.JSONField()
    usual_due = models.PositiveIntegerField()


class Decision(models.Model):
    """What somebody responsible said of a run that the brake stopped, and why. It names an office and an id.

    An approval is for a plan of so many persons (`due`), by the version the run went by, until a moment; it
    is used up by the run that came to its end on it. After a rejection nothing goes.
    """

    class Says(models.TextChoices):
        APPROVED = "approved"
        REJECTED = "rejected"

    id = models.AutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="decisions")
    says = models.CharField(max_length=8, choices=Says.choices)
    due = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    subject_id = models.BigIntegerField()
    office = models.CharField(max_length=60)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="approvals")


class Proof(models.Model):
    """What a fresh search for leftovers found after a run: counts by the name of what was searched for, and
    how much was gone through. It names nobody.
    """

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.PROTECT, related_name="proof")
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    rows = models.BigIntegerField()
    grounds = models.BigIntegerField()
    found = models.JSONField()


class Outside(models.Model):
    """Something that the declaration says is looked over outside the register, by its id: since which day it
    has stood there. It outlives new versions for as long as the rule stands.
    """

    task = models.CharField(max_length=160, primary_key=True)
    since = models.DateField()


class SignOff(models.Model):
    """That somebody responsible looked such a thing over: on which day, for which office, with a note. Only
    ever added to; the next day it is due counts from the last.
    """

    id = models.AutoField(primary_key=True)
    task = models.CharField(max_length=160)
    on = models.DateField()
    at = models.DateTimeField()
    subject_id = models.BigIntegerField()
    office = models.CharField(max_length=60)
    note = models.CharField(max_length=500, default="")

    class Meta:
        indexes = [models.Index(fields=["task", "-id"], name="retention_signoff_last")]


class Forecast(models.Model):
    """What goes when, as the ledger stood on a day: worked out after each night. Only the last is kept."""

    id = models.AutoField(primary_key=True)
    day = models.DateField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Expected(models.Model):
    """A number of the forecast: how many of a kind go in a year, by the rule that holds them last, at a unit.

    Without a year no end is known yet. Without a unit they are at none, or their unit is nobody's business
    (a person at a secret address).
    """

    class Kind(models.TextChoices):
        RECORD = "record"
        PART = "part"  # data of a record that stays
        PERSON = "person"

    id = models.BigAutoField(primary_key=True)
    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="numbers")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    rule = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField()
