"""As whom the server runs. PostgreSQL refuses root, so root goes into a user namespace or becomes another
user.

In a user namespace the process has an ordinary user's number while every file stays root's: no second
account, nothing to copy, no folder to open. Where the system forbids that, the server runs as an unprivileged
account, in a folder of its own under /var/lib/hjemmel, with a copy of the binaries it can read.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

UNPRIVILEGED = ("hjemmel", "postgres", "nobody")


class NoAccountError(RuntimeError):
    """Nobody can run the server."""


@dataclass(frozen=True)
class Account:
    """`prefix` starts a program as this account; `uid` and `gid` own its files."""

    kind: Literal["self", "namespace", "other"]
    prefix: tuple[str, ...]
    uid: int
    gid: int


def choose() -> Account:
    """Return the account for this process: itself, or root's way out."""
    if os.getuid() != 0:
        return Account("self", (), os.getuid(), os.getgid())
    inside = namespace()
    return inside if works(inside) else other()


def namespace() -> Account:
    """Return root in a user namespace,
    where it has the number of an account that exists there and no powers.
    """
    entry = _entry(reversed(UNPRIVILEGED))
    prefix = ("unshare", "--user", f"--map-user={entry.pw_uid}", f"--map-group={entry.pw_gid}", "--")
    return Account("namespace", prefix, 0, 0)


def other() -> Account:
    """Return the first account of UNPRIVILEGED that this machine has."""
    entry = _entry(UNPRIVILEGED)
    ids = (f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}")
    prefix = ("setpriv", *ids, "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--")
    account = Account("other", prefix, entry.pw_uid, entry.pw_gid)
    if not works(account):
        raise NoAccountError(
            "PostgreSQL cannot run as root, and neither unshare nor setpriv works here. "
            "Run as an ordinary user, or give a server by HJEMMEL_DATABASE_URL."
        )
    return account


def works(account: Account) -> bool:
    """Return whether a program can be started as this account here."""
    if shutil.which(account.prefix[0]) is None:
        return False
    return subprocess.run([*account.prefix, "true"], check=False, capture_output=True).returncode == 0


def _entry(names: Iterable[str]) -> pwd.struct_passwd:
    for name in names:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoAccountError("none of the accounts hjemmel, postgres and nobody exists here")
