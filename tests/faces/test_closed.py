"""While a backup is read in over it, the register answers every page with one, and lets nobody in."""

import pytest
from django.db import connection

from tests.faces.conftest import Visitor
from tests.planting import ROOT, officer

SHUT = "update public.clock_installation set restoring_since = clock_timestamp()"
OPEN = "update public.clock_installation set restoring_since = null"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/konto/logg-inn/", "/personvern/", "/kontoret/", "/nowhere/"])
def test_every_page_says_so_and_nothing_else(client, path):
    run(SHUT)
    for answer in (client.get(path), client.post(path, {"login": "kari@example.org", "password": "x" * 12})):
        assert answer.status_code == 503
        assert "Registeret gjenopprettes" in answer.content.decode()
        assert 'name="login"' not in answer.content.decode()
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("120", "no-store")
    run(OPEN)
    assert client.get("/konto/logg-inn/").status_code == 200


@pytest.mark.django_db
def test_whoever_is_logged_in_already_is_kept_out_too(visit):
    keeper: Visitor = visit(officer("register_keeper", ROOT))
    assert keeper.get("/kontoret/").status_code == 200
    run(SHUT)
    assert keeper.get("/kontoret/").status_code == 503
    run(OPEN)
    assert keeper.get("/kontoret/").status_code == 200
