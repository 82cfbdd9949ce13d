"""Visiting the pages as a person does: logged in, each request as the unprivileged role of the web."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from hjemmel.kernel.access.models import Account
from hjemmel.kernel.clock import today
from hjemmel.kernel.subjects.models import Subject
from tests.acting import as_web


@contextmanager
def web_role() -> Iterator[None]:
    """The rest of the block has the rights of the web process."""
    with connection.cursor() as cursor:
        # Nobody acts yet: in the product each request is a transaction of its own.
        cursor.execute(
            "select set_config('hjemmel.actor', '', true), set_config('hjemmel.purpose', '', true),"
            " set_config('hjemmel.username', '', true), set_config('hjemmel.account', '', true),"
            " set_config('hjemmel.session', '', true)"
        )
    with as_web():
        yield


class Visitor:
    """Somebody in front of the pages."""

    def __init__(self, subject: Subject | None) -> None:
        self.client = Client(SERVER_NAME="localhost")
        if subject is not None:
            account = Account.objects.create_user(
                f"u{subject.pk}@example.org", None, subject_id=subject.pk, tied_on=today()
            )
            self.client.force_login(account)

    def get(self, url: str, **data: Any) -> HttpResponse:
        """Open a page."""
        with web_role():
            return self.client.get(url, data or None)

    def post(self, url: str, **data: Any) -> HttpResponse:
        """Send a form."""
        with web_role():
            return self.client.post(url, data)

    def search(self, text: str) -> HttpResponse:
        """Search for something at the office, and return the page one lands on."""
        answer = self.post("/kontoret/sok/", q=text)
        while answer.status_code == 302:
            answer = self.get(answer["Location"])
        return answer


@pytest.fixture
def visit(db: None) -> Callable[[Subject | None], Visitor]:
    """`visit(subject)` logs that person in; `visit(None)` is anybody."""
    return Visitor
