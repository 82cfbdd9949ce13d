"""Opening accounts from the console and for the demonstration. People open theirs by invitation."""

from hjemmel.kernel import clock
from hjemmel.kernel.access.models import Account


def open_account(*, username: str, password: str, subject_id: int) -> Account:
    """Return a new account, tied to the subject at once: whoever calls knows whose it is."""
    return Account.objects.create_user(username, password, subject_id=subject_id, tied_on=clock.today())
