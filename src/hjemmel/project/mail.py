"""Where mail goes: to files in the home until `HJEMMEL_MAIL` names a server,
so that nothing is sent by accident.
"""

from urllib.parse import unquote, urlsplit

from hjemmel.project.config import Config


def backend(config: Config) -> tuple[str, str]:
    """Return Django's mail backend and the folder it writes to, where it writes to one."""
    parts = urlsplit(config.mail)
    if parts.scheme in {"smtp", "smtps"}:
        return "django.core.mail.backends.smtp.EmailBackend", ""
    folder = unquote(parts.path) if parts.scheme == "file" else str(config.home / "mail")
    return "django.core.mail.backends.filebased.EmailBackend", folder


def server(config: Config) -> tuple[str, int, str, str, bool, bool]:
    """Return host, port, user, password, TLS from the first byte (smtps),
    TLS by STARTTLS (smtp with a user).
    """
    parts = urlsplit(config.mail)
    implicit = parts.scheme == "smtps"
    return (
        parts.hostname or "localhost",
        parts.port or (465 if implicit else 25),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        implicit,
        not implicit and bool(parts.username),
    )
