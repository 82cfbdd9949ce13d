from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from hjemmel.kernel.clock import days
from hjemmel.kernel.grounds.models import BitsField, Clause
from hjemmel.kernel.subjects.models import Subject, new_id
from hjemmel.kernel.units.models import Tenure, Unit


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts. The user name is an e-mail address, compared without case."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        if "subject" not in fields and "subject_id" not in fields:
            fields["subject"] = Subject.objects.create()
        account = self.model(username=username.strip(), **fields)
        account.set_password(password)
        account.save(force_insert=True)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A way to log in: no name, no groups. It starts with a subject of its own, which is nobody; it shows
    nothing before `tied_on`, when invitation or proof points it to the right person (MIN-07).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    username = models.EmailField(unique=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="accounts")
    tied_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    is_active = models.BooleanField(default=True)
    # The password was made and printed by the register: whoever logs in with it must choose her own.
    printed = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints = [
            days.within("access_account_days", "tied_on"),
            models.UniqueConstraint(Lower("username"), name="access_account_username_once"),
        ]


class Session(AbstractBaseSession):
    """A log-in that lasts. Holds the account's id and nothing of the person."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE)
    objects: ClassVar[Any] = BaseSessionManager()

    @classmethod
    def get_session_store_class(cls) -> Any:
        from hjemmel.kernel.access.sessions import SessionStore  # noqa: PLC0415 the store needs this model

        return SessionStore


class OfficeDuty(models.Model):
    """A declared duty as a rule: whoever holds this office, `at` a kind of unit where it is held, sees (and
    may do) this, through this clause, for these purposes. `implied`: wherever it shows something, another
    rule of the same office shows that too, so what is asked of sight need not look at it.
    """

    id = models.AutoField(primary_key=True)
    office = models.CharField(max_length=60)
    at = ArrayField(models.TextField())
    rule = models.CharField(max_length=120)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE)
    bits = BitsField()
    change_bits = BitsField()
    below = models.BooleanField()
    sees_ended = models.BooleanField()
    may_export = models.BooleanField()
    may_shielded = models.BooleanField()
    may_restricted = models.BooleanField()
    implied = models.BooleanField(default=False)
    purposes = ArrayField(models.TextField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "clause", "purposes"], name="access_officeduty_once")
        ]


class Responsible(models.Model):
    """An office that, by the declaration in force, answers for it, has the daily charge or takes requests."""

    office = models.CharField(primary_key=True, max_length=60)


class Duty(models.Model):
    """What one tenure lets one person do: tenures times the duties of their offices, kept by triggers."""

    pk = models.CompositePrimaryKey("tenure_id", "duty_id")
    tenure = models.ForeignKey(Tenure, on_delete=models.CASCADE, db_index=False)
    duty = models.ForeignKey(OfficeDuty, on_delete=models.CASCADE)
    actor_id = models.BigIntegerField()
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, db_index=False)
    record = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, db_index=False)
    bits = BitsField()
    change_bits = BitsField()
    below = models.BooleanField()
    sees_ended = models.BooleanField()
    may_export = models.BooleanField()
    may_shielded = models.BooleanField()
    may_restricted = models.BooleanField()
    implied = models.BooleanField(default=False)
    purposes = ArrayField(models.TextField())
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["actor_id", "implied", "clause"], name="access_duty_of_actor")]
