"""What is approved in the office, put in force: as the owner, which the web is not, and nothing else.
Started by `hjemmel worker` and `hjemmel run`.
"""

import os
from typing import NoReturn

import django

WAIT = 10.0  # seconds; whoever asks or approves wakes it at once


def main() -> None:
    """Work until SIGTERM. Each thing is one transaction: ended in the middle, it is as if never begun."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjemmel.project.settings")
    django.setup()
    work()


def work() -> NoReturn:
    """Carry out what waits, then wait for more."""
    from django.db import connection  # noqa: PLC0415 - after setup

    from hjemmel.kernel.statement.applying import work_off  # noqa: PLC0415 - it needs the models
    from hjemmel.kernel.statement.build import CHANNEL  # noqa: PLC0415 - the same

    with connection.cursor() as cursor:
        cursor.execute(f"listen {CHANNEL}")
    session = connection.connection
    while True:
        work_off()
        for _told in session.notifies(timeout=WAIT, stop_after=1):
            pass
