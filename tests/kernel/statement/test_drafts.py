"""Drafts of the declaration: who may see and change them, asked as the web's own role."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from hjemmel.declaration import texts_of
from hjemmel.kernel.statement import drafts
from hjemmel.kernel.statement.models import Approval, Draft, Preview, Step
from hjemmel.kernel.subjects.refusals import Refused
from tests.planting import HARBOUR, ROOT, officer

pytestmark = pytest.mark.django_db
PURPOSE = "declaration/draft"
FILE = "activities/membership.yaml"


@pytest.fixture
def keeper() -> int:
    return officer("register_keeper", ROOT).pk


def changed(text: str) -> dict[str, str]:
    return {FILE: texts_of("mission")[FILE].replace("for: P5Y", text)}


def begun(as_app, who: int) -> drafts.Work:
    with as_app(actor=f"officer:{who}", purpose=PURPOSE):
        drafts.change(drafts.work(), changed("for: P3Y"))
        return drafts.work()


def test_before_there_is_a_draft_what_is_in_force_is_shown(as_app, keeper):
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        found = drafts.work()
        assert (found.id, found.version, found.stale) == (None, 0, False)
        assert found.files == texts_of("mission")


def test_a_change_begins_a_draft_and_says_who_did_what(as_app, keeper):
    found = begun(as_app, keeper)
    assert "P3Y" in found.files[FILE]
    step = Step.objects.get(kind="changed")
    assert (step.subject_id, step.office, list(step.changes)) == (keeper, "register_keeper", [FILE])
    before, after = step.changes[FILE]
    assert (before, after) == (texts_of("mission")[FILE], found.files[FILE])
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        assert [(s.kind, s.mine) for s in drafts.history()] == [("changed", True), ("began", True)]


def test_each_of_the_three_offices_is_responsible_and_no_other(as_app):
    begun(as_app, officer("general_secretary", ROOT).pk)
    for office in ("general_secretary", "register_keeper", "privacy_officer"):
        with as_app(actor=f"officer:{officer(office, ROOT).pk}", purpose=PURPOSE):
            assert Draft.objects.count() == Step.objects.filter(kind="began").count() == 1


@pytest.mark.parametrize(
    ("office", "unit", "dates"),
    [
        ("treasurer", ROOT, {}),
        ("chapter_leader", HARBOUR, {}),
        ("register_keeper", HARBOUR, {}),
        ("register_keeper", ROOT, {"ends_on": date(2025, 1, 1)}),
        ("register_keeper", ROOT, {"starts_on": date(2090, 1, 1)}),
    ],
)
def test_nobody_else_sees_or_changes_a_draft(as_app, keeper, office, unit, dates):
    found = begun(as_app, keeper)
    other = officer(office, unit, **dates).pk
    with as_app(actor=f"officer:{other}", purpose=PURPOSE):
        assert not any(model.objects.exists() for model in (Draft, Step, Preview, Approval))
        for attempt in (
            lambda: drafts.change(found, changed("for: P1Y")),
            lambda: drafts.change(drafts.work(), changed("for: P1Y")),
            lambda: drafts.undo(found),
            lambda: drafts.discard(draft=found.id, version=found.version),
        ):
            with pytest.raises(PermissionDenied):
                attempt()
    assert Draft.objects.get().files == found.files


@pytest.mark.parametrize("actor", ["self:{0}", "form:login", "job:retention", ""])
def test_only_an_officer_who_acts_as_one_sees_it(as_app, keeper, actor):
    begun(as_app, keeper)
    with as_app(actor=actor.format(keeper), purpose=PURPOSE):
        assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "update public.statement_draft set files = '{}'",
        "insert into public.statement_draft select * from public.statement_draft",
        "delete from public.statement_step",
        "update public.statement_step set office = 'x'",
        "insert into public.statement_approval select * from public.statement_approval",
        "update public.statement_approval set state = 'confirmed'",
        "update public.statement_preview set wider = '{}', state = 'ready'",
        "select * from public.statement_code",
        "delete from public.access_responsible",
        "insert into public.access_responsible values ('chapter_leader')",
        "select kernel.draft_actor()",
        "select kernel.draft_held(1, 1)",
        "select kernel.approvable(1, 1)",
        "select kernel.all_responsible()",
    ],
)
def test_the_webs_role_writes_nothing_by_itself(as_app, keeper, statement):
    begun(as_app, keeper)
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert refused.value.__cause__.sqlstate == "42501"


def test_the_history_is_only_added_to_even_by_the_owner(as_app, keeper):
    begun(as_app, keeper)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        Step.objects.update(office="x")


def test_two_who_save_at_once_do_not_overwrite_each_other(as_app, keeper):
    found = begun(as_app, keeper)
    other = officer("privacy_officer", ROOT).pk
    with as_app(actor=f"officer:{other}", purpose=PURPOSE):
        drafts.change(found, changed("for: P2Y"))
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE), pytest.raises(Refused):
        drafts.change(found, changed("for: P1Y"))
    assert "P2Y" in Draft.objects.get().files[FILE]


def test_two_drafts_are_never_open(as_app, keeper):
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        none = drafts.work()
        drafts.change(none, changed("for: P3Y"))
        with pytest.raises(Refused):
            drafts.change(none, changed("for: P2Y"))
    assert Draft.objects.count() == 1


def test_changes_are_undone_one_after_the_other(as_app, keeper):
    begun(as_app, keeper)
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        drafts.change(drafts.work(), {"activities/new.yaml": "a: b", "units.yaml": None}, uploaded=True)
        assert "units.yaml" not in drafts.work().files
        drafts.undo(drafts.work())
        found = drafts.work()
        assert ("activities/new.yaml" in found.files, "units.yaml" in found.files) == (False, True)
        assert "P3Y" in found.files[FILE]
        drafts.undo(drafts.work())
        assert drafts.work().files == texts_of("mission")
        assert drafts.undoable(drafts.history()) is None
        with pytest.raises(Refused):
            drafts.undo(drafts.work())
    assert Step.objects.filter(kind="undone").count() == 2


def test_a_draft_is_thrown_away_and_taken_up_again(as_app, keeper):
    found = begun(as_app, keeper)
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        drafts.discard(draft=found.id, version=found.version)
        assert drafts.work().id is None
        (old,) = drafts.thrown()
        drafts.restore(draft=old.id, version=old.version)
        assert drafts.work().files == found.files


@pytest.mark.parametrize(
    "changes", [{FILE: "a\0b"}, {"x" * 121: "a"}, {FILE: "a" * 2_100_000}, {"../x.yaml": "a"}]
)
def test_what_can_be_no_declaration_is_refused_whole(as_app, keeper, changes):
    with as_app(actor=f"officer:{keeper}", purpose=PURPOSE):
        with pytest.raises(Refused):
            drafts.change(drafts.work(), changes)
        assert drafts.work().id is None
