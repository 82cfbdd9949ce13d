"""What is the address of a web page, and of a mailbox: whole, and of a kind that only leads there."""

import re
from urllib.parse import urlsplit

_MAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\].]+")


def is_web(text: str) -> bool:
    """Whether it is the whole address of a web page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and "." in parts.netloc and not re.search(r"[\s<>\"]", text)


def is_mail(text: str) -> bool:
    """Whether it looks like the address of a mailbox."""
    return _MAIL.fullmatch(text) is not None
