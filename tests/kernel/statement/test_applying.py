"""From a draft to what is in force: approved as the web's own role, carried out as the owner."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from hjemmel.declaration import texts_of
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.accounts import open_account
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement import actions, approvals, drafts
from hjemmel.kernel.statement.applying import grown, work_off
from hjemmel.kernel.statement.models import Approval, Code, Draft, Preview, Step
from hjemmel.kernel.subjects.refusals import Refused
from tests.planting import ROOT, officer

pytestmark = pytest.mark.django_db
PURPOSE = "declaration/draft"
FILE = "activities/membership.yaml"
TEXT = texts_of("mission")[FILE]
SHORTER = {FILE: TEXT.replace("for: P5Y", "for: P3Y")}
WIDER = {
    FILE: TEXT.replace(
        "[read, change, export, shielded], sees", "[read, change, export, shielded, restricted], sees", 1
    )
}


class Person:
    """Somebody responsible, who acts as the web's role."""

    def __init__(self, as_app, office: str, *, account: bool = True) -> None:
        self.as_app, self.id = as_app, officer(office, ROOT).pk
        if account:
            self.address = f"u{self.id}@example.org"
            open_account(username=self.address, password="x" * 20, subject_id=self.id)

    def does(self, act):
        with self.as_app(actor=f"officer:{self.id}", purpose=PURPOSE):
            return act()

    def drafts(self, changes) -> None:
        self.does(lambda: drafts.change(drafts.work(), changes))

    def asks(self) -> None:
        self.does(lambda: approvals.ask(drafts.work()))
        work_off()

    def shown(self) -> approvals.Shown:
        return self.does(lambda: approvals.shown(drafts.work()))

    def approves(self, ticked=None) -> int:
        shown = self.shown()
        return self.does(
            lambda: approvals.approve(preview=shown.id, ticked=shown.wider if ticked is None else ticked)
        )

    def confirms(self, approval: int, code: str) -> str:
        return self.does(lambda: approvals.confirm(approval=approval, code=code))


@pytest.fixture
def keeper(as_app) -> Person:
    return Person(as_app, "register_keeper")


@pytest.fixture
def other(as_app) -> Person:
    return Person(as_app, "privacy_officer")


def code() -> str:
    return re.search(r": ([a-z2-9]{10})\n", mail.outbox[-1].body)[1]


def test_what_is_approved_and_confirmed_comes_in_force(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    shown = keeper.shown()
    assert (shown.state, shown.may, shown.widened) == ("ready", "yes", ())
    assert any("3 år" in one["nb"] and "5 år" in one["nb"] for one in shown.told)
    approval = keeper.approves()
    work_off()
    assert mail.outbox[-1].to == [keeper.address]
    assert shown.told[0]["nb"] in mail.outbox[-1].body
    assert in_force().digest == Version.objects.get(replaced_on__isnull=True).digest
    assert "P5Y" in Version.objects.latest("id").files[FILE]
    assert keeper.confirms(approval, f" {code().upper()} ") == "confirmed"
    work_off()
    version = Version.objects.latest("id")
    assert "P3Y" in version.files[FILE]
    done = Approval.objects.get()
    assert (done.state, done.version_id, done.alone) == ("applied", version.pk, False)
    assert Draft.objects.get().state == "applied"
    assert Step.objects.latest("id").kind == "applied"
    entry = Entry.objects.get(kind="applied")
    assert (entry.record_id, entry.reason, entry.actor) == (
        version.pk,
        f"approval:{done.pk}",
        "job:declaration",
    )
    past = keeper.does(drafts.versions)
    assert (past[0].office, past[0].id, past[1].office) == ("register_keeper", version.pk, "")


def test_without_the_code_nothing_comes_in_force(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    approval = keeper.approves()
    work_off()
    for guess in ("a" * 10, "", code()[:-1], "'; --", code() + "a"):
        assert keeper.confirms(approval, guess) in {"wrong", "spent"}
    assert keeper.confirms(approval, code()) == "spent"
    work_off()
    assert "P5Y" in Version.objects.latest("id").files[FILE]
    assert keeper.does(lambda: approvals.withdraw(approval=approval))
    again = keeper.approves()
    work_off()
    assert keeper.confirms(again, code()) == "confirmed"


def test_the_code_is_for_whoever_approved(keeper, other):
    keeper.drafts(SHORTER)
    keeper.asks()
    approval = keeper.approves()
    work_off()
    assert other.confirms(approval, code()) == "none"
    assert keeper.confirms(approval + 1, code()) == "none"


def test_the_webs_role_reads_no_code(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    keeper.approves()
    work_off()
    held = bytes(Code.objects.get().digest)
    assert code().encode() not in held

    def looks() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select table_name from information_schema.table_privileges"
                " where grantee = 'hjemmel_app' and table_name = 'statement_code'"
            )
            return cursor.fetchall()

    assert keeper.does(looks) == []


def test_a_demonstration_asks_for_no_code(keeper):
    Installation.objects.update(kind="demo")
    keeper.drafts(SHORTER)
    keeper.asks()
    keeper.approves()
    work_off()
    assert "P3Y" in Version.objects.latest("id").files[FILE]
    assert mail.outbox == []


@pytest.mark.parametrize("change", ["draft", "version", "day"])
def test_what_is_not_as_it_was_shown_is_refused(keeper, other, change, monkeypatch):
    keeper.drafts(SHORTER)
    keeper.asks()
    approval = keeper.approves()
    work_off()
    assert keeper.confirms(approval, code()) == "confirmed"
    if change == "draft":
        other.drafts({FILE: TEXT.replace("for: P5Y", "for: P1Y")})
    elif change == "version":
        with access.acting(actor="console", purpose="declaration/apply"):
            actions.apply({**texts_of("mission"), FILE: TEXT.replace("for: P5Y", "for: P4Y")})
    else:
        Preview.objects.update(day=clock.today().replace(year=clock.today().year - 1))
    work_off()
    done = Approval.objects.get()
    assert (done.state, done.outcome, done.version) == ("refused", "moved", None)
    assert "P3Y" not in Version.objects.latest("id").files[FILE]


def test_a_preview_that_is_not_of_the_draft_as_it_stands_is_not_approved(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    old = keeper.shown().id
    keeper.drafts({FILE: TEXT.replace("for: P5Y", "for: P1Y")})
    assert keeper.shown() is None
    with pytest.raises(Refused):
        keeper.does(lambda: approvals.approve(preview=old, ticked=[]))


def test_a_draft_with_errors_gets_no_preview(keeper):
    keeper.drafts({FILE: "a: [", "activities/new.yaml": "b: c"})
    keeper.asks()
    assert keeper.shown().state == "refused"
    with pytest.raises(Refused):
        keeper.approves([])


def test_wider_changes_are_ticked_one_by_one(keeper, other):
    keeper.drafts(WIDER)
    other.asks()
    assert len(other.shown().wider) == 1
    with pytest.raises(Refused):
        other.approves([])
    with pytest.raises(Refused):
        other.approves(["made up"])
    assert other.approves() > 0


def test_nobody_gives_her_own_office_more_sight(keeper, other):
    keeper.drafts(WIDER)
    keeper.asks()
    assert keeper.shown().widened == ("register_keeper",)
    assert (keeper.shown().may, other.shown().may) == ("other", "yes")
    with pytest.raises(Refused):
        keeper.approves()
    assert other.approves() > 0


def test_nor_may_another_who_holds_the_office_while_somebody_does_not(as_app, keeper, other):
    second = Person(as_app, "register_keeper")
    keeper.drafts(WIDER)
    keeper.asks()
    assert [each.shown().may for each in (keeper, second, other)] == ["other", "other", "yes"]


def test_where_all_who_are_responsible_hold_it_another_than_who_proposed_it_approves(as_app, keeper):
    second = Person(as_app, "register_keeper")
    keeper.drafts(WIDER)
    keeper.asks()
    assert [each.shown().may for each in (keeper, second)] == ["other", "yes"]


def test_where_there_is_nobody_else_it_is_said_so(as_app, keeper):
    Person(as_app, "privacy_officer", account=False)  # who cannot log in, cannot approve
    keeper.drafts(WIDER)
    keeper.asks()
    assert keeper.shown().may == "alone"
    approval = keeper.approves()
    work_off()
    assert keeper.confirms(approval, code()) == "confirmed"
    work_off()
    assert keeper.does(drafts.versions)[0].alone


def test_whoever_lost_her_office_meanwhile_has_approved_nothing(keeper, other):
    other.drafts(SHORTER)
    other.asks()
    approval = keeper.approves()
    work_off()
    assert keeper.confirms(approval, code()) == "confirmed"
    with connection.cursor() as cursor:
        cursor.execute("update units_tenure set ends_on = '2025-01-01' where subject_id = %s", [keeper.id])
    work_off()
    assert (Approval.objects.get().state, Approval.objects.get().outcome) == ("refused", "not_hers")


def test_approving_and_stopping_are_for_those_responsible(as_app, keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    preview, approval = keeper.shown().id, keeper.approves()
    stranger, draft = Person(as_app, "treasurer"), Draft.objects.get().pk
    for attempt in (
        lambda: approvals.approve(preview=preview, ticked=[]),
        lambda: approvals.confirm(approval=approval, code="x"),
        lambda: approvals.withdraw(approval=approval),
        lambda: approvals.ask(drafts.Work(files={}, id=draft, version=2)),
    ):
        with pytest.raises(PermissionDenied):
            stranger.does(attempt)
    assert stranger.does(lambda: approvals.shown(drafts.work())) is None


def test_what_waits_is_stopped_when_the_draft_is_thrown_away(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    keeper.approves()
    draft = Draft.objects.get()
    keeper.does(lambda: drafts.discard(draft=draft.pk, version=draft.version))
    work_off()
    assert (Approval.objects.get().state, mail.outbox) == ("withdrawn", [])


def test_two_are_not_approved_at_once(keeper, other):
    keeper.drafts(SHORTER)
    keeper.asks()
    keeper.approves()
    with pytest.raises(Refused):
        other.approves()


def test_a_text_that_is_not_that_of_its_digest_is_not_applied(keeper):
    keeper.drafts(SHORTER)
    keeper.asks()
    approval = keeper.approves()
    work_off()
    keeper.confirms(approval, code())
    Draft.objects.update(files={**texts_of("mission"), FILE: TEXT.replace("for: P5Y", "for: P9Y")})
    work_off()
    assert (Approval.objects.get().state, Approval.objects.get().outcome) == ("refused", "moved")


def test_a_draft_on_an_older_version_is_laid_on_the_new_one(keeper):
    keeper.drafts(SHORTER)
    with access.acting(actor="console", purpose="declaration/apply"):
        actions.apply({**texts_of("mission"), FILE: TEXT.replace("for: P5Y", "for: P4Y")})
    with pytest.raises(Refused):
        keeper.does(lambda: approvals.ask(drafts.work()))
    stale = keeper.does(drafts.work)
    assert stale.stale
    keeper.does(lambda: drafts.rebase(draft=stale.id, version=stale.version))
    keeper.asks()
    assert keeper.shown().state == "ready"


def test_a_few_more_persons_than_shown_are_no_reason_to_refuse():
    assert not grown({"touched": 100}, {"touched": 115})
    assert grown({"touched": 100}, {"touched": 130})
    assert grown({}, {"now": 11})
