"""What is stored and not declared is an error that names table and column (DEC-05): by `declaration check`,
`migrate` and `verify`, each as people run it.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.db import connection, models

from hjemmel.kernel.catalog.completeness import check_models
from tests.commands import ended

pytestmark = [pytest.mark.requirement("DEC-05")]

COLUMN, TABLE = "people_person.religion", "notes.about"


def test_a_column_and_a_table_that_somebody_added(register: Callable[[], AbstractContextManager[str]]):
    with register() as name:
        assert ended(name, "migrate", "--json")[0] == 0
        with connection.cursor() as cursor:
            cursor.execute("alter table people_person add column religion text")
            cursor.execute("create table notes (about text)")
            cursor.execute(
                "select has_column_privilege('hjemmel_app', 'public.people_person', 'religion', p),"
                " has_column_privilege('hjemmel_app', 'public.notes', 'about', p)"
                " from unnest(array['select', 'insert', 'update']) p"
            )
            assert set(cursor.fetchall()) == {(False, False)}

        code, out, _ = ended(name, "declaration", "check", "mission", "--json")
        named = {
            finding["file"]: finding["message"] for finding in json.loads(out) if finding["code"] == "K001"
        }
        assert (code, named.keys()) == (1, {COLUMN, TABLE})
        assert all(column in message for column, message in named.items())

        code, out, _ = ended(name, "migrate", "--json")
        assert (code, json.loads(out)["undeclared"]) == (1, [TABLE, COLUMN])
        assert COLUMN in ended(name, "migrate")[1]

        code, out, _ = ended(name, "verify", "--json")
        found = {one["name"]: one for one in json.loads(out)}
        assert code == 1
        assert found["undeclared_columns"]["examples"] == [TABLE, COLUMN]
        assert {told for told, one in found.items() if one["count"]} == {"undeclared_columns"}


def test_a_field_of_the_programs_own_stops_it_before_the_database_is_touched(monkeypatch):
    """`migrate` and every start of the program run this check."""
    person = apps.get_model("people", "Person")
    field = models.TextField(name="religion", null=True)
    field.set_attributes_from_name("religion")
    monkeypatch.setattr(
        person._meta, "local_concrete_fields", (*person._meta.local_concrete_fields, field), raising=False
    )
    assert [(found.id, found.msg) for found in check_models()] == [
        ("catalog.E002", "people.Person.religion is stored but not declared.")
    ]
