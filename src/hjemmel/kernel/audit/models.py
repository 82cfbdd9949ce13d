from django.db import models
from django.db.models.functions import Now

from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Subject

# Why a row may go: a rule, a request, an order, a merge, an import or its undoing, or a mistake put right.
REASONS = r"^(rule|request|order|merge|import-undo|import|rectification):"


class Entry(models.Model):
    """A line of the log. It names no person: actor is a tenure or a system name, the subject an id.

    `commitment` is sha256(key ‖ datum ‖ old ‖ new); the random key lies with the value, so the entry
    still proves its place when the value has gone, and the value cannot be guessed from it.
    """

    class Kind(models.TextChoices):
        CREATED = "created"
        CHANGED = "changed"
        DELETED = "deleted"
        ERASED = "erased"
        LOOKED_UP = "looked_up"
        LOGGED_IN = "logged_in"
        APPLIED = "applied"
        RUN = "run"
        DISCLOSED = "disclosed"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    purpose = models.TextField(default="", blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    table_name = models.CharField(max_length=80, default="", blank=True)
    record_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    datum = models.CharField(max_length=60, null=True)
    field = models.CharField(max_length=60, null=True)
    reason = models.CharField(max_length=160, null=True)
    commitment = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["deleted", "erased"]) | models.Q(reason__regex=REASONS),
                name="audit_entry_gone_for_a_reason",
            )
        ]
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="audit_entry_of_subject"),
            models.Index(
                fields=["record_id"],
                include=["subject_id", "reason"],
                condition=models.Q(kind="disclosed"),
                name="audit_entry_of_disclosure",
            ),
        ]


class Value(models.Model):
    """What a change changed, keyed by subject and datum, apart from its entry so that it can go."""

    id = models.BigIntegerField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    datum = models.CharField(max_length=60)
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    key = models.BinaryField()
    written_on = models.DateField()

    class Meta:
        constraints = [days.within("audit_value_days", "written_on")]


class Tally(models.Model):
    """How many rows a statement put into a table (or, with a reason, took out of one whose rows are not
    logged each): inserted less gone must be what is there.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    table_name = models.CharField(max_length=80)
    rows = models.BigIntegerField()
    reason = models.CharField(max_length=160, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                # NULL, which a check would let pass, is named.
                condition=models.Q(rows__gte=0) | models.Q(reason__isnull=False, reason__regex=REASONS),
                name="audit_tally_gone_for_a_reason",
            )
        ]


class Logged(models.Model):
    """The data whose changes are logged, as the declaration in force says."""

    datum = models.CharField(primary_key=True, max_length=60)


class Leaf(models.Model):
    """The place of a line in the sealed log: a leaf of its month's tree, by the line's own time in Oslo.

    The place is given when the line is sealed, not when its number was drawn: a transaction that is rolled
    back leaves a gap in the numbers, and one that takes long shows its lines after later ones.
    """

    class Kind(models.TextChoices):
        ENTRY = "entry"
        TALLY = "tally"

    pk = models.CompositePrimaryKey("month", "place")
    month = models.DateField()  # its first day
    place = models.BigIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    line = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "line"], name="audit_leaf_once")]


class Checkpoint(models.Model):
    """What one sealing signed: the size and the root of a month's tree. `number` runs through all months.

    `note` is the checkpoint as it is kept outside too (C2SP tlog-checkpoint). It names the one before it, so
    that none can be taken out between two. `peaks` are the roots of the tree's full subtrees, largest first:
    what the next sealing goes on from.
    """

    number = models.BigIntegerField(primary_key=True)
    month = models.DateField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    peaks = models.BinaryField()
    note = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "size"], name="audit_checkpoint_size")]


class Reached(models.Model):
    """How far sealing has come: where the next may begin to look. Proves nothing; a wrong figure is found.

    At the beginning of the last sealing that came to its end, the highest numbers were `entry_top` and
    `tally_top`, and no transaction had a number from `horizon` on. Everything up to the floors was sealed
    for good.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    began_at = models.DateTimeField()
    entry_floor = models.BigIntegerField()
    tally_floor = models.BigIntegerField()
    entry_top = models.BigIntegerField()
    tally_top = models.BigIntegerField()
    horizon = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_reached_one_row")]
