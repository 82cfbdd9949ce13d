"""Files that are put in: their names lead nowhere but into the declaration's own folder."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.models import Draft
from tests.faces.office.test_declaring import HOME, TEXTS, keeper, text

pytestmark = pytest.mark.django_db
__all__ = ["keeper"]


def archive(*names: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in (*TEXTS, *names):
            made.writestr(name, TEXTS.get(name, "a: b\n"))
    return SimpleUploadedFile("alt.zip", out.getvalue())


@pytest.mark.parametrize(
    "name",
    ["../ut.yaml", "activities/../../ut.yaml", "/etc/ut.yaml", "..\\ut.yaml", "C:\\ut.yaml", "a/b/ut.yaml",
     "activities/Min fil.yaml", "activities/ærlig.yaml", "activities/x.y.yaml", 'a"b.yaml', "con\nx.yaml"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_and_named(keeper, name):
    answer = keeper.post(HOME + "filer/", version="0", sent=archive(name))
    assert answer.status_code == 422
    assert "kan ikke hete det i en erklæring" in text(answer)
    assert name.partition("\n")[0].replace('"', "&quot;") in text(answer)
    assert not Draft.objects.exists()


def test_what_a_computer_puts_in_an_archive_is_passed_over(keeper):
    sent = archive("__MACOSX/._units.yaml", ".DS_Store.yaml")
    assert keeper.post(HOME + "filer/", version="0", sent=sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_file_of_an_odd_name_is_refused_by_itself_too(keeper):
    sent = SimpleUploadedFile("Min fil (2).yaml", b"a: b")
    answer = keeper.post(HOME + "filer/", version="0", sent=sent)
    assert "«Min fil (2).yaml» kan ikke hete det" in text(answer)


def test_a_name_that_came_another_way_is_never_packed(keeper):
    Version.objects.update(files={**TEXTS, "../ut.yaml": "a: b\n"})
    packed = keeper.get(HOME + "filer/alle.zip").content
    with zipfile.ZipFile(io.BytesIO(packed)) as made:
        assert sorted(made.namelist()) == sorted(TEXTS)
    assert keeper.get(HOME + "filer/../ut.yaml/last-ned/").status_code == 404
