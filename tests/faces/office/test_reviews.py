"""What is to be looked over: counted on the front page, listed on a page of its own, and signed off there."""

import re
from datetime import timedelta

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact
from hjemmel.kernel import access
from hjemmel.kernel.clock import after, today
from hjemmel.kernel.subjects.models import Subject, new_id
from tests.planting import FJORD, HARBOUR, ROOT, member, name, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-06")]
PAGE = "/kontoret/gjennomgang/"
CONSOLE = {"actor": "console", "purpose": "membership/administration"}


def long_ago(days: int = 0) -> dict[str, object]:
    return {"joined_on": after(today(), years=-5, days=-days)}


def told(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())  # a hard space too is one


def ticks(page: str) -> dict[str, str]:
    """The boxes of the page: what each is about, and its value."""
    found = re.findall(r'type="checkbox"[^>]*value="([^"]+)" aria-label="([^"]+)"', page)
    return {about: value for value, about in found}


def test_the_front_page_says_how_many_and_since_when_and_leads_there(visit):
    visitor = visit(officer("chapter_leader", HARBOUR))
    member(HARBOUR, given="Ny", joined_on=today())
    assert "gjennomgang" not in visitor.get("/kontoret/").content.decode()
    member(HARBOUR, **long_ago()), member(HARBOUR, given="Ola", **long_ago(3)), member(FJORD, **long_ago())
    page = visitor.get("/kontoret/").content.decode()
    assert "2 Medlemskap til gjennomgang" in told(page)
    assert f'datetime="{today() - timedelta(days=3)}"' in page
    assert f'href="{PAGE}?what=membership"' in page


def test_what_is_ticked_is_signed_off_and_what_is_not_stays(visit):
    visitor = visit(officer("chapter_leader", HARBOUR))
    kari, ola = member(HARBOUR, **long_ago()), member(HARBOUR, given="Ola", **long_ago(3))
    member(FJORD, given="Stranger", **long_ago())
    page = visitor.get(PAGE).content.decode()
    boxes = ticks(page)
    assert list(boxes) == [
        "Stemmer fortsatt: Ola Nordmann, Medlemskap",
        "Stemmer fortsatt: Kari Nordmann, Medlemskap",
    ]
    assert "Stranger" not in page
    assert f'href="/kontoret/person/{ola.subject_id}/"' in page
    assert visitor.post(PAGE, still_right=list(boxes.values())[:1])["Location"] == PAGE
    page = visitor.get(PAGE).content.decode()
    assert "1 er gjennomgått i dag." in page
    assert list(ticks(page)) == ["Stemmer fortsatt: Kari Nordmann, Medlemskap"]
    with access.acting(**CONSOLE):
        assert dict(Membership.objects.values_list("pk", "reviewed_on")).items() >= {
            (ola.pk, today()), (kari.pk, None),
        }  # fmt: skip
    visitor.post(PAGE, still_right=list(ticks(page).values()))
    page = visitor.get(PAGE).content.decode()
    assert "Ingenting venter" in page
    assert 'type="checkbox"' not in page


def test_a_contact_is_looked_over_here_as_on_its_own_page(visit):
    with access.acting(actor="console", purpose="contact_register/administration"):
        subject = Subject.objects.create()
        contact = Contact.objects.create(
            subject=subject, unit_id=HARBOUR, reason="Spurte om leir", since=after(today(), years=-2)
        )
        name(subject, given="Siri", family="Spør")
    member(HARBOUR, **long_ago())
    visitor = visit(officer("register_keeper", ROOT))
    page = visitor.get(PAGE).content.decode()
    assert "Alt 2 Kontakt 1 Medlemskap 1" in told(page)
    page = visitor.get(PAGE, what="contact").content.decode()
    boxes = ticks(page)
    assert list(boxes) == ["Stemmer fortsatt: Siri Spør, Kontakt"]
    visitor.post(f"{PAGE}?what=contact", still_right=list(boxes.values()))
    with access.acting(actor="console", purpose="contact_register/administration"):
        assert Contact.objects.get(pk=contact.pk).reviewed_on == today()
    assert len(ticks(visitor.get(PAGE).content.decode())) == 1


def test_a_kind_with_more_than_are_counted_says_so_and_hides_no_other(visit):
    many = [Subject(pk=new_id()) for _ in range(1001)]
    with access.acting(**CONSOLE):
        Subject.objects.bulk_create(many)
        Membership.objects.bulk_create(
            Membership(subject=one, unit_id=HARBOUR, joined_on=after(today(), years=-9), kind="ordinary")
            for one in many
        )
        contact = Subject.objects.create()
        Contact.objects.create(
            subject=contact, unit_id=HARBOUR, reason="Spurte om leir", since=after(today(), years=-2)
        )
    visitor = visit(officer("register_keeper", ROOT))
    page = told(visitor.get("/kontoret/").content.decode())
    assert "over 1 000 Medlemskap til gjennomgang" in page
    assert "1 Kontakt til gjennomgang" in page
    page = told(visitor.get(PAGE).content.decode())
    assert "Til gjennomgang over 1 001" in page
    assert "Alt over 1 001 Medlemskap over 1 000 Kontakt 1" in page
    assert "Her er de 1 000 av hvert slag som har ventet lengst." in page
    page = told(visitor.get(PAGE, what="contact").content.decode())
    assert "Til gjennomgang 1 " in page
    assert "av hvert slag" not in page


@pytest.mark.requirement("ORG-06")
def test_nobody_signs_off_what_is_not_hers(visit):
    theirs = member(FJORD, **long_ago())
    visitor = visit(officer("chapter_leader", HARBOUR))
    value = f"membership:{theirs.pk}:1"
    for ticked in ([value], ["membership:1:1", "no:such:thing", "people_person:1:1", ""], []):
        assert visitor.post(PAGE, still_right=ticked).status_code == 302
        assert "gjennomgått i dag" not in visitor.get(PAGE).content.decode()
    with access.acting(**CONSOLE):
        assert Membership.objects.get(pk=theirs.pk).reviewed_on is None
    assert visit(theirs.subject).get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_it_holds(visit, count, django_assert_num_queries):
    leader = officer("chapter_leader", HARBOUR)
    for number in range(count):
        member(HARBOUR, given=f"Kari{number}", **long_ago(number))
    visitor = visit(leader)
    visitor.get(PAGE)  # the declaration is read once a process
    with django_assert_num_queries(QUERIES):
        page = visitor.get(PAGE)
    assert len(ticks(page.content.decode())) == count


# Eight of them are the test taking and giving back the role of the web.
QUERIES = 22


def test_in_nynorsk_too(visit):
    member(HARBOUR, **long_ago())
    visitor = visit(officer("chapter_leader", HARBOUR))
    visitor.client.cookies["django_language"] = "nn"
    page = visitor.get(PAGE).content.decode()
    assert "Stemmer framleis: Kari Nordmann" in page
    assert "Merk det avkryssa som gjennomgått" in page
