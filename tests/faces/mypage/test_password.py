"""Choosing another password: rules in plain words, other log-ins ended, noted in the log without a value."""

import pytest
from django.core.cache import cache

from hjemmel.kernel import access
from hjemmel.kernel.access.models import Account, Session
from hjemmel.kernel.audit.models import Entry, Value
from hjemmel.kernel.subjects.models import Subject
from tests.faces.conftest import Visitor
from tests.planting import HARBOUR, member, officer

pytestmark = pytest.mark.django_db
URL = "/minside/passord/"
OLD, NEW = "gammel hest i skogen", "tre blå stoler ved fjorden"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def holder(visit, subject: Subject, **fields) -> Visitor:
    """Somebody logged in with a password of her own."""
    visitor: Visitor = visit(subject)
    account = mine(subject)
    account.set_password(OLD)
    Account.objects.filter(pk=account.pk).update(password=account.password, **fields)
    visitor.client.force_login(mine(subject))
    return visitor


def mine(subject: Subject) -> Account:
    """The account as it is stored now."""
    return Account.objects.get(username=f"u{subject.pk}@example.org")


@pytest.fixture
def subject(db) -> Subject:
    return officer("chapter_leader", HARBOUR)


@pytest.fixture
def leader(visit, subject):
    return holder(visit, subject)


def test_the_password_is_changed_and_the_new_one_alone_is_good(leader, subject):
    answer = leader.post(URL, old=OLD, new=NEW, again=NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Passordet er byttet" in leader.get("/kontoret/").content.decode()
    account = mine(subject)
    assert account.check_password(NEW)
    assert not account.check_password(OLD)


def test_every_other_log_in_ends(leader, subject, visit):
    account = mine(subject)
    elsewhere = visit(None)
    elsewhere.client.force_login(account)
    assert elsewhere.get("/kontoret/").status_code == 200
    assert Session.objects.filter(account=account).count() > 1
    leader.post(URL, old=OLD, new=NEW, again=NEW)
    assert leader.get("/kontoret/").status_code == 200
    assert elsewhere.get("/kontoret/")["Location"] == "/konto/logg-inn/?next=%2Fkontoret%2F"
    assert Session.objects.filter(account=account).count() == 1


def test_the_log_says_that_it_was_changed_and_never_what_it_was(leader, subject):
    before = mine(subject)
    leader.post(URL, old=OLD, new=NEW, again=NEW)
    entry = Entry.objects.filter(datum="account.password", actor="self").get()
    assert (entry.kind, entry.record_id, entry.subject_id) == ("changed", before.pk, before.subject_id)
    assert entry.commitment is None
    with access.acting(actor="console", purpose="change_log/security"):
        assert not Value.objects.filter(datum="account.password").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "something else"}, "Dette er ikke passordet du har nå."),
        ({"new": "kort"}, "For kort. Passordet må ha minst 12 tegn."),
        ({"new": "qwerty123456"}, "Dette passordet bruker mange"),
        ({"new": "190519771905"}, "Bare tall er for lett å gjette."),
        ({"new": OLD}, "Dette er passordet du har nå."),
        ({"again": "tre blå stoler ved elva"}, "De to er ikke like."),
    ],
    ids=["old", "short", "common", "digits", "same", "unlike"],
)
def test_what_is_wrong_is_said_in_plain_words(leader, subject, typed, sentence):
    both = {"new": typed["new"], "again": typed["new"]} if "new" in typed else typed
    answer = leader.post(URL, **{"old": OLD, "new": NEW, "again": NEW} | both)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert OLD not in page
    assert NEW not in page
    assert mine(subject).check_password(OLD)


def test_a_password_like_the_user_name_is_refused(leader, subject):
    name = mine(subject).username.partition("@")[0]
    answer = leader.post(URL, old=OLD, new=f"{name}12", again=f"{name}12")
    assert "For likt brukernavnet" in answer.content.decode()


def test_a_member_finds_the_page_from_my_page(visit):
    visitor = holder(visit, member(HARBOUR).subject)
    assert f'href="{URL}"' in visitor.get("/minside/").content.decode()
    assert visitor.get(URL).status_code == 200
    assert visitor.post(URL, old=OLD, new=NEW, again=NEW).status_code == 302


def test_whoever_has_a_printed_password_meets_no_other_page_first(visit):
    visitor = holder(visit, officer("chapter_leader", HARBOUR), printed=True)
    for path in ("/", "/kontoret/", "/minside/", f"/kontoret/lag/{HARBOUR}/"):
        assert visitor.get(path)["Location"] == URL
    assert "Velg ditt eget passord" in visitor.get(URL).content.decode()
    assert visitor.get("/personvern/").status_code == 200
    assert visitor.post(URL, old=OLD, new=NEW, again=NEW).status_code == 302
    assert visitor.get("/kontoret/").status_code == 200


def test_whoever_guesses_again_and_again_must_wait(leader):
    answers = [leader.post(URL, old=f"guess number {n}", new=NEW, again=NEW) for n in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Vent noen minutter" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("path", "words"), [("/konto/logg-ut/", "Vil du logge ut?"), ("/konto/stengt/", "Kontoen er stengt")]
)
def test_the_log_in_librarys_other_pages_are_ours(leader, path, words):
    assert words in leader.get(path).content.decode()


def test_a_closed_account_is_told_so(visit):
    subject = member(HARBOUR).subject
    visitor = holder(visit, subject)
    visitor.client.logout()
    Account.objects.filter(pk=mine(subject).pk).update(is_active=False)
    answer = visitor.post("/konto/logg-inn/", login=mine(subject).username, password=OLD)
    assert "stengt" in (answer.get("Location") or answer.content.decode())
