"""What was searched for, wrapped so that it can stand in an address.

Names and e-mail addresses do not belong in addresses: those end in logs and histories. A search is posted;
what follows is an address that can be gone back to, and means nothing without the key in the officer's
session. When she logs out the key is gone, and every such address is closed for good.
"""

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest

KEY = "search_key"


def wrapped(request: HttpRequest, text: str) -> str:
    """Return the text encrypted for this log-in, fit for an address."""
    if KEY not in request.session:
        request.session[KEY] = Fernet.generate_key().decode()
    return Fernet(request.session[KEY]).encrypt(text.encode()).decode()


def unwrapped(request: HttpRequest, token: str) -> str | None:
    """Return the text, or None where this log-in did not wrap it."""
    key = request.session.get(KEY)
    if not key or not token.isascii():
        return None
    try:
        return Fernet(key).decrypt(token).decode()
    except InvalidToken:
        return None
