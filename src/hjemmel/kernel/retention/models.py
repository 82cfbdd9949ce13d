from django.db import models


class Run(models.Model):
    """One run of the sweep: when, for which day, how much went by which rule. It names nobody, so it stays as
    the proof when the data are gone. `due` is how many persons the plan concerned as it began, `swept` how
    many subjects were looked at, `counts` is rule → what happened → how often.
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
