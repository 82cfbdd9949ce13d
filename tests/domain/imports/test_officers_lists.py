"""An officer reads in a list as the web's role: she finds whom she sees, and writes what is hers."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.formats import national_id
from hjemmel.domain.people.models import Email, Person
from hjemmel.kernel import access, clock
from tests.domain.imports.lists import KARI, OLA, counts, declare, picture, take_in
from tests.domain.looking import sql, unmasked
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-06")]
PURPOSES = ("membership/administration", "import_staging/administration")
KEEPER = "  register_keeper: {may: [read, change]}\n"
NUMBER = national_id.synthetic(date(1980, 3, 14), serial=17)


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 11, 23)):
        yield


@pytest.fixture
def file(tmp_path):
    return tmp_path / "medlemmer.csv"


@pytest.fixture
def leader(as_app):
    """The leader of the harbour chapter; local leaders may have lists in hand."""
    declare(import_staging=(KEEPER, f"{KEEPER}  chapter_leader: {{may: [read, change]}}\n"))
    return officer("chapter_leader", HARBOUR)


def planted(file, *rows, **options) -> None:
    """What is in the register before, from everywhere."""
    with access.acting(actor="console", purpose=PURPOSES):
        take_in(file, *rows, **options)
        sql("set constraints all immediate")
        sql("set constraints all deferred")


def by(who, file, *rows, **options):
    return take_in(file, *rows, actor=f"officer:{who.pk}", **options)


def test_by_the_preset_a_local_leader_reads_in_no_lists(as_app, file):
    who = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{who.pk}", purpose=PURPOSES):
        for unit in ("", "Havna"):
            with pytest.raises(PermissionDenied):
                by(who, file, KARI, unit=unit)
        with unmasked():
            assert (Run.objects.count(), Person.objects.count()) == (0, 1)


def test_an_officers_list_is_read_in_by_the_webs_role_and_no_other(leader, file):
    with access.acting(actor="console", purpose=PURPOSES), pytest.raises(PermissionDenied):
        by(leader, file, KARI, unit="Havna")


@pytest.mark.parametrize("stranger", [True, False])
def test_a_stranger_in_the_register_makes_no_difference_and_is_not_touched(as_app, leader, file, stranger):
    secret = {"Fødselsnummer": NUMBER.digits, "Fødselsdato": "14.03.1980"}
    if stranger:
        planted(file, KARI | secret | {"Lokallag": "Fjorden"}, OLA | {"Lokallag": "Fjorden"})
    before = strangers()
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        rows = (KARI | secret, OLA | {"Medlemsnr": "500"}, {"Fornavn": "Kari", "Etternavn": "Nordli"})
        report = by(leader, file, *rows, unit="Havna")
        assert counts(report) == (3, 1, 0, 0, 2, 0)
        assert report.dropped == {"person.national_id": 1}
        seen = Person.objects.exclude(pk=leader.pk)
        assert [(p.display_name, p.birth_date) for p in seen] == [("Kari Nordli", date(1980, 3, 14))]
        assert [m.number for m in Membership.objects.all()] == [500]
        with unmasked():
            assert strangers() == before
            assert len(before) == 2 * stranger
            assert Membership.objects.filter(unit=HARBOUR).count() == 1


def test_she_finds_her_own_members_and_changes_what_is_hers_to_change(as_app, leader, file):
    planted(file, KARI | {"Kjønn": "K", "Arbeidsgiver": "Fjordbruket"}, OLA)
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        report = by(
            leader, file,
            KARI | {"Mobil": "68050199", "Fødselsdato": "15.03.1980", "Arbeidsgiver": "Nytt"}, OLA,
            unit="Havna",
        )  # fmt: skip
        assert counts(report) == (2, 0, 1, 1, 0, 0)
        assert report.dropped == {"person.birth_date": 1, "person.employer": 1}
        with unmasked():
            kari = Person.objects.get(given_name="Kari")
            assert (kari.birth_date, kari.employer) == (date(1980, 3, 14), "Fjordbruket")
            assert kari.name_source == "unit_list"
            assert sorted(r[0] for r in sql("select number from people_phone")) == [
                "+4768050123", "+4768050199",
            ]  # fmt: skip


@pytest.mark.parametrize("chunk", [1, 2, 50])
def test_the_same_list_again_adds_nobody_whatever_she_may_not_write(as_app, leader, file, chunk):
    rows = (
        KARI | {"Kjønn": "K", "Språk": "nynorsk", "Fødselsnummer": NUMBER.digits}, OLA, KARI,
        OLA | {"Medlemsnr": "", "E-post": "", "Mobil": "68050188"},
        {"Fornavn": "Siv", "Etternavn": "Vik"}, {"Fornavn": "Siv", "Etternavn": "Vik"},
    )  # fmt: skip
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        tried = by(leader, file, *rows, unit="Havna", chunk=chunk, dry_run=True)
        first = by(leader, file, unit="Havna", chunk=chunk)
        assert counts(first) == counts(tried) == (6, 3, 0, 1, 2, 0)
        assert first.dropped == tried.dropped == {"person.language": 1, "person.national_id": 1}
        again = by(leader, file, unit="Havna", chunk=chunk)
        assert counts(again) == (6, 0, 0, 3, 3, 0)
        assert all(number is not None for number in Membership.objects.values_list("number", flat=True))


def test_rows_beyond_her_duties_are_refused_and_her_own_go_in(as_app, leader, file):
    rows = (KARI, OLA | {"Lokallag": "Lia"}, OLA | {"Utmeldt": "1.6.2025"})
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        report = by(leader, file, *rows, unit="Havna")
        assert counts(report) == (3, 1, 0, 0, 0, 2)
        told = [row.problems[0]["code"] for row in Row.objects.order_by("line")]
        assert told == ["unit.not_yours", "membership.ended_not_yours"]
        with unmasked():
            assert set(Row.objects.values_list("unit_id", flat=True)) == {HARBOUR}


def test_another_leader_sees_nothing_of_the_rows_that_wait(as_app, leader, file):
    other = officer("chapter_leader", FJORD)
    with as_app(actor=f"officer:{leader.pk}", purpose=PURPOSES):
        by(leader, file, KARI | {"Medlemstype": "Æresgjest"}, unit="Havna")
        assert Row.objects.count() == 1
    with as_app(actor=f"officer:{other.pk}", purpose=PURPOSES):
        assert Row.objects.count() == 0


def test_the_register_keeper_reads_in_everything_but_does_not_meet_the_restricted(as_app, file):
    planted(file, KARI, OLA)
    sql(
        "update subjects_subject set restricted = true where id = (select id from people_person"
        " where given_name = 'Kari')"
    )
    keeper = officer("register_keeper", ROOT)
    row = KARI | {"Fødselsnummer": NUMBER.digits, "Språk": "nynorsk"}
    with as_app(actor=f"officer:{keeper.pk}", purpose=PURPOSES):
        report = by(keeper, file, row, OLA | {"Etternavn": "Vik"}, OLA | {"Lokallag": "Månen"}, chunk=1)
        assert counts(report) == (3, 1, 1, 0, 0, 1)
        assert report.dropped == {}
        assert report.rejects_file is not None
        with unmasked():
            assert Person.objects.filter(given_name="Kari").count() == 2
            assert Email.objects.filter(matching="kari@example.org").count() == 3


def strangers() -> list[tuple[object, ...]]:
    """Everything of the members of the other chapter, without ids."""
    return [row for row in picture() if "Fjorden" in row]


def test_the_look_up_itself_finds_by_nothing_she_does_not_see(as_app, leader, file):
    planted(
        file,
        KARI | {"Fødselsnummer": NUMBER.digits}, OLA | {"Lokallag": "Fjorden"},
        KARI | {"Medlemsnr": "502", "Fødselsdato": "", "E-post": "", "Mobil": ""},
    )  # fmt: skip
    mine = found_by("select m.subject_id from members_membership m where number = 500")
    undated = found_by("select m.subject_id from members_membership m where number = 502")
    digest = sql("select encode(digest, 'hex') from vault_sealed")[0][0]
    region = officer("region_leader", NORTH)
    names = [{"first": "kari"}, {"first": "ola"}]
    asked = {
        "numbers": {"numbers": [500, 501]},
        "digests": {"digests": [f"\\x{digest}"]},
        "born": {"born": [n | {"value": day} for n in names for day in ("1980-03-14", "2011-05-02")]},
        "emails": {"emails": [n | {"value": "kari@example.org"} for n in names]},
        "dated": {"dated": ["kari nordli", "ola nordli"]},
    }
    for who, finds in (
        (leader, {"numbers": mine, "digests": set(), "born": mine, "emails": mine, "dated": undated}),
        # No birth date is hers to see: whether there is one, she cannot find out either.
        (region, {"numbers": mine, "digests": set(), "born": set(), "emails": mine, "dated": mine | undated}),
    ):
        with as_app(actor=f"officer:{who.pk}", purpose=PURPOSES):
            for way, wanted in asked.items():
                assert (way, found_by("select kernel.import_found(%s)", json.dumps(wanted))) == (
                    way,
                    finds[way],
                )


def found_by(query: str, *values: str) -> set[int]:
    return {row[0] for row in sql(query, *values)}
