"""An activity that comes and goes in the draft, and what else the forms of an activity let one choose."""

import pytest

from hjemmel.kernel.statement.models import Draft
from tests.faces.office.test_declaring import HOME, TEXTS, draft, fields, keeper, text

pytestmark = pytest.mark.django_db
NEW = HOME + "ny/"
FILLED = {
    "title-nb": "Vaffelklubben",
    "title-en": "The waffle club",
    "controllers": ["main"],
    "subjects": ["member"],
    "data-0": ["person.name"],
    "purpose-title-nb": "holde av en plass til deg",
    "basis-article": "6.1.b",
}
__all__ = ["keeper"]


def test_all_that_no_activity_can_do_without_is_asked_for_at_once(keeper):
    assert NEW in keeper.get(HOME).content.decode()
    answer = keeper.post(NEW, was="")
    assert answer.status_code == 422
    assert text(answer).count("Fyll ut dette.") >= 2 * 5  # in the summary and beside each of five fields
    assert not Draft.objects.exists()


def test_an_activity_begins_as_planned_and_last_in_the_order(keeper):
    shown = text(keeper.post(NEW, **FILLED, show="on"))
    assert "Vaffelklubben" in shown
    assert not Draft.objects.exists()
    answer = keeper.post(NEW, **FILLED)
    assert answer["Location"] == HOME + "aktivitet/vaffelklubben/"
    page = text(keeper.get(answer["Location"]))
    assert "Vi bruker opplysningene for å holde av en plass til deg. Grunnlaget er avtalen med deg." in page
    files = draft()
    assert files["organisation.yaml"].rstrip().endswith("\n  - vaffelklubben")
    assert "planned: true" in files["activities/vaffelklubben.yaml"]
    assert set(files) == {*TEXTS, "activities/vaffelklubben.yaml"}


def test_a_name_that_is_taken_gets_a_number(keeper):
    for _again in range(2):
        keeper.post(NEW, **FILLED)
    assert {"activities/vaffelklubben.yaml", "activities/vaffelklubben_2.yaml"} < set(draft())


def test_an_activity_is_taken_out_and_comes_back_by_undo(keeper):
    keeper.post(NEW, **FILLED)
    page = keeper.get(HOME + "aktivitet/vaffelklubben/")
    sent = {name: value for name, value in fields(page).items() if name in {"draft", "version"}}
    assert keeper.post(HOME + "aktivitet/vaffelklubben/ta-ut/", **sent).status_code == 302
    assert draft() == TEXTS
    assert keeper.get(HOME + "aktivitet/vaffelklubben/").status_code == 404
    assert keeper.post(HOME + "aktivitet/vaffelklubben/ta-ut/", **sent).status_code == 404
    page = keeper.get(HOME)
    keeper.post(
        HOME + "angre/",
        **{name: value for name, value in fields(page).items() if name in {"draft", "version"}},
    )
    assert "activities/vaffelklubben.yaml" in draft()


def test_whoever_saw_an_older_draft_takes_nothing_out(keeper):
    keeper.post(NEW, **FILLED)
    keeper.post(HOME + "aktivitet/vaffelklubben/ta-ut/", draft="", version="1")
    assert "activities/vaffelklubben.yaml" in draft()


def test_a_basis_that_comes_may_be_any_and_a_purpose_rests_on_those_there_are(keeper):
    page = keeper.get(HOME + "legg-til/activities/membership/basis/").content.decode()
    assert 'value="6.1.e"' in page
    page = keeper.get(HOME + "endre/activities/membership/purposes/administration/").content.decode()
    assert 'value="6.1.e"' not in page


# What must be filled in, how many fields at once: nothing is chosen for whoever adds.
@pytest.mark.parametrize(
    ("listing", "lacking"),
    [("recipients", 3), ("basis", 1), ("duties", 2), ("purposes", 2), ("keep", 2), ("reasons", 4)],
)
def test_a_form_nobody_has_touched_adds_nothing(keeper, listing, lacking):
    add = f"{HOME}legg-til/activities/membership/{listing}/"
    answer = keeper.post(add, **fields(keeper.get(add)))
    assert answer.status_code == 422
    assert answer.content.decode().count("ds-validation-message") >= lacking
    assert text(answer).count("Fyll ut dette.") == 2 * lacking  # in the summary, and beside each field
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("listing", "sent"),
    [("recipients", {"to": "grant_authority", "when": "on_request", "basis-article": "6.1.b"}),
     ("duties", {"office": "treasurer", "may": ["read"]})],
)  # fmt: skip
def test_that_somebody_gets_it_all_is_chosen_and_not_left(keeper, listing, sent):
    add = f"{HOME}legg-til/activities/membership/{listing}/"
    sent = fields(keeper.get(add)) | sent
    for left in ({}, {"data-all": "some"}):
        answer = keeper.post(add, **sent, **left)
        assert "Velg alle, eller kryss av dem det gjelder." in text(answer)
    both = keeper.post(add, **sent, **{"data-all": "all", "data-0": ["person.name"]})
    assert "Velg enten alle eller dem du krysser av." in text(both)
    assert not Draft.objects.exists()
    assert keeper.post(add, **sent, **{"data-0": ["person.name"]}).status_code == 302
    assert "data: [person.name]" in draft()["activities/membership.yaml"]
    if listing == "recipients":
        assert keeper.post(add, **sent, **{"data-all": "all"}).status_code == 302


def test_a_basis_that_stands_there_is_not_added_once_more(keeper):
    add = HOME + "legg-til/activities/membership/basis/"
    answer = keeper.post(add, **(fields(keeper.get(add)) | {"article": "6.1.b"}))
    assert answer.status_code == 422
    assert "står to ganger i listen. Fjern den ene." in text(answer)
    assert not Draft.objects.exists()


def test_each_category_of_people_may_have_a_basis_of_its_own(keeper):
    address = HOME + "endre/activities/invitations/purposes/"
    name = next(iter(_purposes("invitations")))
    page = keeper.get(f"{address}{name}/")
    assert "Tidligere deltakere" in text(page) or "eltakere" in text(page)
    sent = fields(page)
    assert sent["by_subject-member"] == ["6.1.b", "9.2.d"]
    keeper.post(f"{address}{name}/", **{**sent, "by_subject-member": ["6.1.b"]})
    assert (
        "by_subject: {participant: [6.1.a, 9.2.a], member: 6.1.b}" in draft()["activities/invitations.yaml"]
    )


def _purposes(activity: str) -> dict:
    from hjemmel.declaration.edit import value_at

    return value_at(TEXTS[f"activities/{activity}.yaml"], ("purposes",))
