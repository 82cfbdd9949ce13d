"""Opening accounts from the console and for the demonstration. People open theirs by invitation."""

from django.utils import timezone

from hjemmel.kernel import clock
from hjemmel.kernel.access.models import Account, Session


def open_account(*, username: str, password: str, subject_id: int) -> Account:
    """Return a new account, tied to the subject at once: whoever calls knows whose it is."""
    return Account.objects.create_user(username, password, subject_id=subject_id, tied_on=clock.today())


def drop_expired_sessions() -> int:
    """Delete the sessions that have run out, by real time, and return how many."""
    gone, _ = Session.objects.filter(expire_date__lte=timezone.now()).delete()
    return int(gone)
