"""Opening accounts from the console and for the demonstration. People open theirs by invitation."""

from django.db import connection
from django.utils import timezone

from hjemmel.kernel import clock
from hjemmel.kernel.access.models import Account, Session
from hjemmel.kernel.access.sessions import stored


def open_account(*, username: str, password: str, subject_id: int, printed: bool = False) -> Account:
    """Return a new account, tied to the subject at once: whoever calls knows whose it is. A `printed`
    password is good for one thing: to choose another.
    """
    return Account.objects.create_user(
        username, password, subject_id=subject_id, tied_on=clock.today(), printed=printed
    )


def choose_password(account: Account, password: str) -> None:
    """Store a password that its holder has chosen. The log says that, and never what it was."""
    account.set_password(password)
    account.printed = False
    account.save(update_fields=["password", "printed"])


def end_sessions(account: Account, *, but: str | None = None) -> None:
    """End every log-in of an account of the actor's own, but for the one with this key."""
    with connection.cursor() as cursor:
        cursor.execute("select kernel.end_sessions(%s, %s)", [account.pk, but and stored(but)])


def drop_expired_sessions() -> int:
    """Delete the sessions that have run out, by real time, and return how many. For the keeper's role: the
    web sees no session but that of whoever asks.
    """
    gone, _ = Session.objects.filter(expire_date__lte=timezone.now()).delete()
    return int(gone)
