"""What is wrong with the declaration is said beside the field it stands in, in the words of the forms."""

import re

import pytest

from hjemmel.declaration import Finding
from hjemmel.declaration.findings import explained, levels
from hjemmel.declaration.read.keys import SHAPES
from hjemmel.faces.office.declaring.worded import Words
from hjemmel.kernel import access
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.statement.models import Draft
from tests.faces.office.test_declaring import FILE, HOME, KEEP, TEXTS, draft, fields, keeper, text

pytestmark = pytest.mark.django_db
DUTY = HOME + "endre/activities/membership/duties/region_leader/"
__all__ = ["keeper"]


def summary(answer) -> str:
    page = answer.content.decode()
    return re.search(r'<div class="ds-error-summary".*?</div>', page, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("page", "wrong", "told", "at"),
    [
        (DUTY, {"may": []}, "Kan: Fyll ut dette.", "may"),
        (KEEP, {"because-nb": "", "because-nn": "ja"}, "Hvorfor så lenge, Bokmål: Fyll ut", "because-nb"),
        (KEEP, {"for-years": "200"}, "Hvor lenge: «P200Y» er lengre enn 150 år.", "for-years"),
        (KEEP, {"for-years": "fem"}, "Hvor lenge: Skriv hele tall", "for-years"),
    ],
)
def test_it_stands_beside_the_field_and_on_top_under_its_label(keeper, page, wrong, told, at):
    answer = keeper.post(page, **(fields(keeper.get(page)) | wrong))
    assert answer.status_code == 422
    assert re.search(rf'href="#id_{at}[^"]*">{told}', summary(answer))
    assert f'id="id_{at}_error"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_keys_are_called_what_the_form_calls_them(keeper):
    sent = fields(keeper.get(KEEP)) | {"after": ""}
    page = text(keeper.post(KEEP, **sent, show="on"))
    assert "Regelen har «Hvor lenge», men sier ikke hvilken hendelse" in page
    assert "Legg til «Regnet fra»." in page
    keeper.post(KEEP, **sent)
    assert "after:" in draft()[FILE]
    written = text(keeper.get(HOME + "filer/"))
    assert "Legg til «after»." in written  # whoever reads the files reads their own words


def test_offices_are_called_by_their_titles(keeper):
    keeper.post(DUTY, **(fields(keeper.get(DUTY)) | {"sees": "ended"}))
    page = text(keeper.get(HOME + "aktivitet/membership/"))
    assert "«Regionlederen» ser tidligere medlemmer" in page
    assert "region_leader" not in page


@pytest.mark.parametrize("code", sorted(levels()))
def test_no_text_names_a_key_of_the_files_in_the_office(code):
    written = " ".join(explained(code, "nb"))
    finding = Finding(code, "error", "activities/x.yaml", 1, 1, "keep.0", "", (), "",
                      tuple((hole, "x") for hole in set(re.findall(r"{(\w+)}", written))))  # fmt: skip
    if code.startswith(("H00", "H01")):
        return  # what is wrong with the files themselves names them
    for words in Words(None).of(finding):
        quoted = re.findall(r"«([a-z_.]+)[:»]", words)
        assert not KEYS & set(quoted)
        assert not [word for word in quoted if "." in word]
        assert ".yaml" not in words


KEYS = {key for shape in SHAPES.values() for key in shape} | {"read"}


def test_open_warnings_stand_where_one_approves_with_a_way_to_answer_them(keeper):
    effects = HOME + "virkning/"
    keeper.post(DUTY, **(fields(keeper.get(DUTY)) | {"sees": "ended"}))
    assert "1 advarsel" in text(keeper.get(HOME))
    assert "1 råd" not in text(keeper.get(HOME))
    page = keeper.get(effects)
    assert "1 åpen advarsel" in text(page)
    assert "«Regionlederen» ser tidligere medlemmer" in text(page)
    (way,) = re.findall(r'href="([^"]*/reasons/\?finding=H108)"', page.content.decode())
    sent = fields(keeper.get(way))
    assert sent["finding"] == ["H108"]
    sent |= {"by": "general_secretary", "on": "01.11.2026", "because-nb": "Regionene følger opp tidligere."}
    assert keeper.post(way, **sent).status_code == 302
    assert "finding: H108" in draft()[FILE]
    assert "advarsel" not in text(keeper.get(effects))
    assert "advarsel" not in text(keeper.get(HOME))


def test_what_laying_a_draft_on_another_version_takes_back_is_said_and_shown(keeper):
    keeper.post(KEEP, **(fields(keeper.get(KEEP)) | {"for-years": "3"}))
    with access.acting(actor="console", purpose="declaration/apply"):
        apply({**TEXTS, FILE: TEXTS[FILE].replace("sees: ended", "sees: current", 1)})
    page = keeper.get(HOME)
    assert "blir tatt tilbake der utkastet ikke sier det samme" in text(page)
    assert 'href="/kontoret/erklaering/virkning/">Se hva som er ulikt' in page.content.decode()
    held = fields(page)
    answer = keeper.post(HOME + "utkast/oppaa/", draft=held["draft"][0], version=held["version"][0])
    assert answer["Location"] == HOME + "virkning/"
    told = text(keeper.get(answer["Location"]))
    assert "også det den andre utgaven hadde endret" in told
    assert "ser også dem som ikke er med lenger" in told
    assert "3 år, før 5 år" in told
