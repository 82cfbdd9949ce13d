import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("DEC-03")
def test_anybody_may_read_the_statement_in_force(visit):
    page = visit(None).get("/personvern/")
    assert page.status_code == 200
    assert "Personvernerklæring for Fjellheim Misjon" in page.content.decode()
    assert 'data-rule="membership/keep/2"' in page.content.decode()
