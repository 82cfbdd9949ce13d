"""Search: what was typed says what it is, and nobody is found by what the searcher may not see of her."""

import pytest

from hjemmel.domain.people import lookups, queries
from hjemmel.domain.people.models import PostalAddress
from hjemmel.kernel.subjects.models import Subject
from tests.domain.looking import joined, left, sql
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"


@pytest.fixture
def her():
    return joined(
        HARBOUR,
        given_name="Kristoffer Aleksander",
        family_name="Sørensen-Åsheim",
        birth_date="14.03.2001",
        employer="Verftet",
        emails=["Kristoffer@Example.org"],
        phones=["68050123"],
        address_lines=("c/o Bråten", "Østre Skansegate 12b"),
        postcode="9008",
        place="Tromsø",
    )


def found(text):
    return [(hit.person_id, hit.by) for hit in queries.search(text)]


@pytest.mark.requirement("PER-07")
@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("kristoffer", "name"),
        ("Kristoffer A", "name"),
        ("sørensen", "name"),
        ("Sørensen-Åsheim, Kri", "name"),
        ("soerensen asheim kristoffer", "name"),
        ("Kristofer Sørensen", "likeness"),
        ("kristofersen", "likeness"),
        ("kristoffer@example.org", "email"),
        ("kristoffer@", "email"),
        ("68 05 01 23", "phone"),
        ("+47 680 50 123", "phone"),
        ("6805012", "phone"),
        ("14.03.2001", "birth_date"),
        ("14. mars 2001", "birth_date"),
        ("140301", "birth_date"),
        ("Østre Skansegate 12b", "address"),
        ("skansegate", "address"),
        ("Ostre Skansegate 12B, 9008 Tromso", "address"),
        ("9008", "address"),
        ("9008 tromsø", "address"),
        ("Tromsø", "address"),
        ("c/o Braaten", "address"),
    ],
)
def test_one_field_finds_by_what_was_typed(as_app, her, typed, by):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert found(typed) == [(her.person_id, by)]
        (hit,) = queries.search(typed)
        assert hit.display_name == "Kristoffer Aleksander Sørensen-Åsheim"
        assert [(u.unit_name, u.record, u.ended) for u in hit.units] == [("Havna", "membership", False)]


@pytest.mark.requirement("PER-07")
def test_by_member_number(as_app, her):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert found(str(her.number)) == [(her.person_id, "number")]
        assert found(str(her.number + 1)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "%",
        "_",
        "'; drop table people_person; --",
        "@",
        ",",
        "0",
        "9" * 40,
        "900%",
        "Skansegate _2b",
        "12b",
        "9009",
    ],
)
def test_odd_texts_find_nobody(as_app, her, typed):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert queries.search(typed) == []


@pytest.mark.requirement("ORG-06")
@pytest.mark.parametrize(
    "typed", ["kristoffer", "Kristofer Sørensn", "kristoffer@example.org", "68050123", "14.03.2001", "number",
     "Skansegate 12b", "9008 Tromsø"],
)  # fmt: skip
def test_nobody_is_found_outside_her_reach(as_app, her, typed):
    stranger = officer("chapter_leader", FJORD)
    text = str(her.number) if typed == "number" else typed
    with as_app(actor=f"officer:{stranger.pk}", purpose=ADMIN):
        assert queries.search(text) == []
    with as_app(actor=f"officer:{stranger.pk}", purpose="gifts/administration"):
        assert queries.search(text) == []
    with as_app(actor=f"self:{her.person_id}", purpose="accounts/administration"):
        assert queries.search(text) == []


@pytest.mark.requirement("ORG-06")
def test_a_hidden_field_of_somebody_she_sees_finds_nobody(as_app, her):
    region = officer("region_leader", NORTH)  # sees no birth date
    offices = officer("chapter_leader", HARBOUR, given="Lise")
    with as_app(actor=f"officer:{region.pk}", purpose=ADMIN):
        assert queries.visible_person(her.person_id) is not None
        assert queries.search("14.03.2001") == []
        assert queries.search("140301") == []
        assert (
            queries.likely_same(given_name="Nils", family_name="Annen", birth_date=None, emails=[], phones=[])
            == []
        )
        by_name = queries.search("kristoffer")
        assert [hit.birth_date for hit in by_name] == [None]
    # A colleague whose birth date and address no duty shows, at the same unit.
    PostalAddress.objects.create(subject=offices, lines="Fjellveien 3", postcode="9009", place="Lia")
    with as_app(actor=f"officer:{offices.pk}", purpose="offices/administration"):
        assert [hit.by for hit in queries.search("Lise Leder")] == ["name"]
        assert found("Fjellveien 3") == found("Fjellveien") == found("9009 Lia") == found("9009") == []
        assert queries.search(str(her.number)) == []
    with as_app(actor=f"officer:{officer('region_leader', NORTH).pk}", purpose="offices/administration"):
        assert found("Fjellveien 3") == found("9009") == [(offices.pk, "address")]


def test_likeness_to_a_hidden_birth_date_tells_nothing(as_app, her):
    """The same name and birth date are likely the same, but not for who may not see the birth date."""
    region, leader = officer("region_leader", NORTH), officer("chapter_leader", HARBOUR)
    asked = {"given_name": "Kristoffer", "family_name": "Sørensen Åsheim", "birth_date": "2001-03-14"}
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert [hit.person_id for hit in queries.likely_same(**asked)] == [her.person_id]
        assert queries.likely_same(**asked | {"birth_date": "2001-03-15"}) == []
    with as_app(actor=f"officer:{region.pk}", purpose=ADMIN):
        assert queries.likely_same(**asked) == []


def test_the_shielded_are_found_by_name_and_not_by_where_they_are(as_app, her):
    leader, keeper = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    Subject.objects.filter(pk=her.person_id).update(shielded=True)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        (hit,) = queries.search("kristoffer")
        assert [(u.unit_id, u.unit_name) for u in hit.units] == [(None, None)]
        assert found("kristoffer@example.org") == found("68050123") == []
        assert found("Skansegate 12b") == found("9008 Tromsø") == found("tromsø") == []
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert found("kristoffer@example.org") == [(her.person_id, "email")]
        assert found("9008 Tromsø") == [(her.person_id, "address")]


def test_the_restricted_are_found_by_nobody_but_who_handles_rights(as_app, her):
    keeper, privacy = officer("register_keeper", ROOT), officer("privacy_officer", ROOT, given="Pia")
    Subject.objects.filter(pk=her.person_id).update(restricted=True)
    for who, there in ((keeper, []), (privacy, [(her.person_id, "name")])):
        with as_app(actor=f"officer:{who.pk}", purpose=ADMIN):
            assert found("kristoffer") == there
            assert found("Skansegate") == [(pk, "address") for pk, _ in there]


def test_who_has_left_is_found_by_who_sees_the_ended(as_app, her):
    left(her, "01.05.2026")
    leader, keeper = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert queries.search("kristoffer") == []
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        (hit,) = queries.search("kristoffer")
        assert [(u.unit_name, u.ended) for u in hit.units] == [("Havna", True)]


@pytest.mark.requirement("PER-07")
def test_the_wide_way_finds_the_same_as_the_narrow(as_app, her, monkeypatch):
    for i in range(6):
        joined(FJORD, given_name="Kari", family_name=f"Sand{'abcdef'[i]}", birth_date="01.01.1990")
    keeper = officer("register_keeper", ROOT)
    typed = [
        "kristoffer",
        "sørensen-å",
        "kristoffer sørensen",
        "Kristofer Alexander Sørensn",
        "kari",
        "sanda, k",
        "KARI SANDB",
        "Skansegate 12b",
        "9008",
    ]
    answers = []
    for few in (3000, 0):
        monkeypatch.setattr(lookups, "FEW", few)
        place = sql("select position from catalog_datum where name = 'person.name'")[0][0]
        at = sql("select position from catalog_datum where name = 'person.postal_address'")[0][0]
        for statement in (lookups._name(place), lookups._likeness(place), lookups.address(at)[-1]):
            sql(statement)
        with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
            answers.append([found(text) for text in typed])
    for narrow, wide in zip(*answers, strict=True):
        assert wide
        assert set(wide) <= set(narrow)  # a word like a part of a name is looked for among few only
        assert [f for f in narrow if f[1] == "name"] == [f for f in wide if f[1] == "name"]


@pytest.mark.parametrize("number", [1, 4])
def test_a_search_takes_few_queries_whatever_it_finds(as_app, django_assert_num_queries, number):
    for i in range(number):
        joined(HARBOUR, given_name="Ole", family_name=f"Berg{'abcd'[i]}", emails=["familien@example.org"],
               address_lines=["Storgata 7"], place="Vik")  # fmt: skip
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        with django_assert_num_queries(4):
            assert len(queries.search("familien@example.org")) == number
        with django_assert_num_queries(4):
            assert len(queries.search("Storgata 7")) == number
        with django_assert_num_queries(4):
            assert len(queries.search("Ole")) == number
        with django_assert_num_queries(5):
            assert len(queries.search("Olle Berg")) == number
