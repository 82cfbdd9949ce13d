"""A list read into the register: who is added, what is changed, what is left alone and what is refused."""

from datetime import date

import pytest
from django.db import connection

from hjemmel.domain.imports.actions import NotPossible
from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.formats import national_id
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel import access, clock
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.grounds.models import Ground
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.units.models import Unit
from hjemmel.kernel.vault import crypto
from hjemmel.kernel.vault.models import Key, Sealed
from tests.domain.imports.lists import KARI, OLA, counts, picture, take_in
from tests.planting import FJORD, HARBOUR, HILL

pytestmark = pytest.mark.django_db
NUMBER = national_id.synthetic(date(1980, 3, 14), serial=17)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def console():
    """The console acts, on the day the tests are written for."""
    with access.acting(actor="console", purpose="membership/administration"), clock.at(TODAY):
        yield


@pytest.fixture
def file(tmp_path):
    return tmp_path / "medlemmer.csv"


def kari() -> Person:
    return Person.objects.get(given_name__startswith="Kari")


def sealed(person: Person) -> dict[str, str]:
    wrapped = bytes(Key.objects.get(pk=person.pk).wrapped)
    return {
        row.datum: crypto.unseal(wrapped, subject_id=person.pk, datum=row.datum, value=bytes(row.value))
        for row in Sealed.objects.filter(subject=person.pk)
    }


def codes(state: str = "rejected") -> list[tuple[int, list[str]]]:
    rows = Row.objects.filter(state=state).order_by("line")
    return [(row.line, [problem["code"] for problem in row.problems]) for row in rows]


@pytest.mark.requirement("PER-04")
def test_a_row_becomes_a_person_with_her_membership_and_the_source_of_each_datum(file):
    row = KARI | {
        "Mellomnavn": "Vik", "Kjønn": "K", "Adresse": "Kaigata 3", "Postnr": "9008", "Poststed": "Tromsø",
        "Språk": "nynorsk", "Arbeidsgiver": "Fjordbruket", "Fødselsnummer": NUMBER.digits,
        "Kontonummer": "1234 56 78911", "Medlemstype": "Støttemedlem",
    }  # fmt: skip
    assert counts(take_in(file, row)) == (1, 1, 0, 0, 0, 0)
    person = kari()
    assert (person.display_name, person.sort_key, person.search_key) == (
        "Kari Vik Nordli", "nordli,kari,vik", "kari vik nordli",
    )  # fmt: skip
    assert (person.birth_date, person.gender, person.language, person.employer) == (
        date(1980, 3, 14), "woman", "nn", "Fjordbruket",
    )  # fmt: skip
    assert {
        person.name_source, person.birth_date_source, person.gender_source, person.employer_source,
        Email.objects.get().source, Phone.objects.get().source, PostalAddress.objects.get().source,
    } == {"unit_list"}  # fmt: skip
    assert (Email.objects.get().address, Phone.objects.get().number) == ("kari@example.org", "+4768050123")
    tie = Membership.objects.get()
    assert (tie.number, tie.unit_id, tie.kind, tie.joined_on, tie.left_on, tie.joined_how) == (
        500, HARBOUR, "supporter", date(2020, 2, 1), None, "import",
    )  # fmt: skip
    assert sealed(person) == {"person.national_id": NUMBER.digits, "person.bank_account": "12345678911"}


def test_the_log_says_which_import_made_a_person(file):
    take_in(file, KARI)
    run = Run.objects.get()
    made = Entry.objects.filter(kind="created", table_name="people_person").get()
    assert (made.actor, made.reason) == ("console", f"import:{run.pk}")
    assert Entry.objects.filter(kind="run", record_id=run.pk, reason=f"import:{run.pk}").count() == 1


def test_the_same_list_again_adds_nobody_and_changes_nothing(file):
    take_in(file, KARI, OLA)
    before = picture()
    report = take_in(file)
    assert counts(report) == (2, 0, 0, 2, 0, 0)
    assert [row for row in picture() if row not in before] == [("done", 3, 2, 0, 0, 2, 0, 0)]


def test_a_family_shares_its_address_and_stays_several_people(file):
    twin = KARI | {"Fornavn": "Anne", "Medlemsnr": ""}
    assert counts(take_in(file, KARI, OLA, twin)) == (3, 3, 0, 0, 0, 0)
    assert Email.objects.filter(matching="kari@example.org").count() == 3


def test_what_the_list_gives_is_changed_and_what_it_leaves_out_stays(file):
    take_in(file, KARI | {"Kjønn": "K", "Arbeidsgiver": "Fjordbruket"})
    person = kari()
    Subject.objects.filter(pk=person.pk).update(shielded=True)
    given = Consent.objects.count()
    report = take_in(
        file,
        {"Medlemsnr": "500", "Fornavn": "Kari", "Etternavn": "Bergøy", "Fødselsdato": "14.03.1980",
         "E-post": "ny@example.org", "Medlemstype": "Ungdom", "Lokallag": "Havna"},
    )  # fmt: skip
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    person.refresh_from_db()
    assert (person.display_name, person.search_key) == ("Kari Bergøy", "kari bergoy")
    assert (person.gender, person.employer, person.birth_date) == ("woman", "Fjordbruket", date(1980, 3, 14))
    assert list(Email.objects.order_by("-main").values_list("address", "main")) == [
        ("kari@example.org", True), ("ny@example.org", False),
    ]  # fmt: skip
    tie = Membership.objects.get()
    assert (tie.kind, tie.joined_on, tie.left_on) == ("youth", date(2020, 2, 1), None)
    assert Subject.objects.get(pk=person.pk).shielded is True
    assert Consent.objects.count() == given


def test_a_name_with_less_in_it_or_in_capitals_changes_nothing(file):
    take_in(file, KARI | {"Mellomnavn": "Moen"})
    assert counts(take_in(file, KARI | {"Fornavn": "KARI", "Etternavn": "NORDLI"})) == (1, 0, 0, 1, 0, 0)
    assert kari().display_name == "Kari Moen Nordli"


def test_a_name_with_more_in_it_fills_in(file):
    take_in(file, KARI)
    assert counts(take_in(file, KARI | {"Fornavn": "Kari Moen"})) == (1, 0, 1, 0, 0, 0)
    assert (kari().given_name, kari().middle_name) == ("Kari Moen", None)


def test_an_address_changes_in_place_and_one_she_had_before_does_not_come_back(file):
    at = {"Adresse": "Kaigata 3", "Postnr": "9008", "Poststed": "Tromsø"}
    take_in(file, KARI | at)
    assert counts(take_in(file, KARI | at | {"Adresse": "Storgata 9"})) == (1, 0, 1, 0, 0, 0)
    assert PostalAddress.objects.get().lines == "Storgata 9"


def test_one_person_twice_in_a_list_is_one_person(file):
    again = {k: v for k, v in KARI.items() if k != "Medlemsnr"} | {"Lokallag": "Lia"}
    assert counts(take_in(file, KARI, OLA, again)) == (3, 2, 1, 0, 0, 0)
    assert Person.objects.count() == 2
    assert sorted(Membership.objects.filter(subject=kari().pk).values_list("unit_id", "number")) == [
        (HARBOUR, 500),
        (HILL, 500),
    ]


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_chunks_of_any_size_come_to_the_same(file, chunk):
    again = KARI | {"Medlemsnr": "", "E-post": "annen@example.org"}
    rows = (
        KARI,
        OLA,
        again,
        KARI | {"Etternavn": "Vik"},
        {"Fornavn": "Kari", "Etternavn": "Vik", "Lokallag": "Lia"},
    )
    assert counts(take_in(file, *rows, chunk=chunk)) == (5, 2, 2, 0, 1, 0)
    assert sorted(Email.objects.values_list("address", flat=True)) == [
        "annen@example.org", "kari@example.org", "kari@example.org",
    ]  # fmt: skip
    assert kari().family_name == "Vik"


def test_a_dry_run_counts_the_same_and_writes_nothing(file, tmp_path):
    take_in(file, KARI)
    rows = (
        KARI | {"Språk": "nynorsk"}, OLA, OLA, OLA | {"Medlemsnr": "", "Mobil": "68050177"},
        {"Fornavn": "Ola", "Etternavn": "Nordli", "Lokallag": "Havna"}, OLA | {"Lokallag": "Månen"},
        OLA | {"Medlemsnr": "777", "Utmeldt": "1.1.2010", "Innmeldt": "1.1.2009", "Fødselsdato": "1.1.1990"},
    )  # fmt: skip
    before = picture()
    tried = take_in(file, *rows, dry_run=True, chunk=2)
    assert picture() == before
    refused, waiting = tried.rejects_file.read_bytes(), tried.queued_file.read_bytes()
    done = take_in(file, chunk=2)
    assert (counts(tried), tried.dropped) == (counts(done), done.dropped)
    assert counts(done) == (7, 1, 2, 1, 1, 2)
    assert (done.rejects_file.read_bytes(), done.queued_file.read_bytes()) == (refused, waiting)


def test_somebody_who_has_left_is_held_by_what_history_holds(file):
    row = KARI | {"Utmeldt": "1.6.2024", "Språk": "nynorsk", "Kjønn": "K", "Adresse": "Kaigata 3"}
    report = take_in(file, row)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    assert report.dropped == {"person.email": 1, "person.language": 1, "person.phone": 1}
    person = kari()
    assert (person.birth_date, person.gender, person.language) == (date(1980, 3, 14), "woman", None)
    assert (Email.objects.count(), Phone.objects.count(), PostalAddress.objects.count()) == (0, 0, 1)
    assert Membership.objects.get().left_on == date(2024, 6, 1)
    assert set(Ground.objects.values_list("ended", "until")) >= {(date(2024, 6, 1), date(2029, 6, 1))}
    assert counts(take_in(file)) == (1, 0, 0, 1, 0, 0)


def test_whoever_left_so_long_ago_that_nothing_may_be_held_is_refused(file):
    day_before = KARI | {"Utmeldt": "24.11.2021"}
    due = OLA | {"Utmeldt": "23.11.2021"}
    assert counts(take_in(file, day_before, due)) == (2, 1, 0, 0, 0, 1)
    assert codes() == [(3, ["membership.time_over"])]


def test_the_day_of_leaving_is_the_first_day_outside_and_a_last_day_is_the_day_before(file):
    take_in(file, KARI | {"Utmeldt": "31.12.2025"})
    assert Membership.objects.get().left_on == date(2025, 12, 31)
    text = file.read_text(encoding="utf-8-sig").replace("Utmeldt", "Medlem til").replace("500", "600")
    file.write_text(text.replace("Kari", "Siv"), encoding="utf-8")
    take_in(file)
    assert Membership.objects.get(number=600).left_on == date(2026, 1, 1)


def test_a_list_ends_a_membership_and_never_lets_anybody_in_again(file):
    take_in(file, KARI)
    assert counts(take_in(file, KARI | {"Utmeldt": "1.11.2026"})) == (1, 0, 1, 0, 0, 0)
    assert Membership.objects.get().left_on == date(2026, 11, 1)
    assert counts(take_in(file, KARI)) == (1, 0, 0, 0, 1, 0)
    assert codes("queued") == [(2, ["membership.ended"])]
    assert counts(take_in(file, KARI | {"Innmeldt": "10.11.2026"})) == (1, 0, 1, 0, 0, 0)
    assert sorted(Membership.objects.values_list("joined_on", "left_on"), key=str) == [
        (date(2020, 2, 1), date(2026, 11, 1)), (date(2026, 11, 10), None),
    ]  # fmt: skip


def test_unknown_unit_unknown_type_and_a_date_far_ahead_are_all_told_of(file):
    Unit.objects.filter(pk=FJORD).update(closed_on=date(2026, 1, 1))
    rows = (
        KARI | {"Lokallag": "Månen", "Medlemstype": "Æresgjest", "Innmeldt": "24.11.2027"},
        OLA | {"Lokallag": ""}, OLA | {"Lokallag": "Fjorden"}, OLA | {"Lokallag": " havna "},
    )  # fmt: skip
    assert counts(take_in(file, *rows)) == (4, 1, 0, 0, 0, 3)
    assert codes() == [
        (2, ["unit.unknown", "member_type.unknown", "joined_on.far"]), (3, ["unit.missing"]),
        (4, ["unit.closed"]),
    ]  # fmt: skip


def test_units_and_types_are_translated_once_in_the_map_file(file, tmp_path):
    other = Unit.objects.create(kind="chapter", name="Havna", parent_id=120, opened_on=date(1990, 1, 1))
    given = tmp_path / "kart.yaml"
    given.write_text(
        f'units: {{Havna sør: "{other.pk}", Lia lag: Lia}}\nmember_types: {{Æresgjest: supporter}}\n',
        encoding="utf-8",
    )
    rows = (
        KARI | {"Lokallag": "Havna sør"}, OLA | {"Lokallag": "Lia lag", "Medlemstype": "Æresgjest"},
        OLA | {"Medlemsnr": "9", "Lokallag": "Havna"},
    )  # fmt: skip
    assert counts(take_in(file, *rows, map_path=given)) == (3, 2, 0, 0, 0, 1)
    assert list(Membership.objects.order_by("number").values_list("unit_id", "kind")) == [
        (other.pk, "ordinary"), (HILL, "supporter"),
    ]  # fmt: skip
    assert codes() == [(4, ["unit.ambiguous"])]


def test_the_unit_said_is_that_of_rows_without_one(file):
    assert counts(take_in(file, KARI | {"Lokallag": ""}, OLA, unit="Lia")) == (2, 2, 0, 0, 0, 0)
    assert list(Membership.objects.order_by("number").values_list("unit_id", flat=True)) == [HILL, HARBOUR]


def test_a_file_without_units_needs_one_said(file):
    file.write_text("Fornavn;Etternavn\r\nKari;Nordli\r\n", encoding="utf-8")
    with pytest.raises(NotPossible, match=r"import\.no_unit"):
        take_in(file)
    with pytest.raises(NotPossible, match=r"import\.unit.*Månen"):
        take_in(file, unit="Månen")
    with pytest.raises(NotPossible, match=r"import\.activity.*offices"):
        take_in(file, unit="Lia", activity="offices")
    assert counts(take_in(file, unit="112", activity="membership")) == (1, 1, 0, 0, 0, 0)


def test_whoever_has_no_number_gets_one_that_no_row_of_the_file_has(file):
    rows = (KARI | {"Medlemsnr": ""}, OLA | {"Medlemsnr": "100001"})
    assert counts(take_in(file, *rows)) == (2, 2, 0, 0, 0, 0)
    numbers = list(Membership.objects.order_by("number").values_list("number", flat=True))
    assert numbers[0] == 100001
    assert numbers[1] > 100001


def test_whoever_has_restricted_the_use_of_her_data_is_left_to_a_person(file):
    take_in(file, KARI)
    Subject.objects.filter(pk=kari().pk).update(restricted=True)
    assert counts(take_in(file, KARI | {"Etternavn": "Vik"})) == (1, 0, 0, 0, 1, 0)
    assert (kari().family_name, codes("queued")) == ("Nordli", [(2, ["person.restricted"])])


def test_a_row_that_the_database_refuses_takes_no_other_row_with_it(file):
    with connection.cursor() as cursor:
        cursor.execute(
            "create function pg_temp.refuse() returns trigger language plpgsql as $$ begin"
            " if new.family_name = 'Forbudt' then"
            " raise exception 'no' using errcode = 'check_violation'; end if;"
            " return new; end $$"
        )
        cursor.execute(
            "create trigger test_refuse before insert on people_person for each row"
            " execute function pg_temp.refuse()"
        )
    rows = [KARI | {"Medlemsnr": str(n), "Fornavn": f"Kari {'abcdefgh'[n]}", "Mobil": ""} for n in range(7)]
    rows[4]["Etternavn"] = "Forbudt"
    assert counts(take_in(file, *rows)) == (7, 6, 0, 0, 0, 1)
    assert codes() == [(6, ["row.refused"])]
    assert Subject.objects.count() == 7


def test_staged_rows_are_held_thirty_days_and_are_nobody(file):
    take_in(file, KARI | {"Lokallag": "Månen"})
    row = Row.objects.get()
    ground = Ground.objects.get(record_id=row.pk)
    assert (ground.since, ground.until) == (TODAY, date(2026, 12, 23))
    assert not Person.objects.filter(pk=row.subject_id).exists()
    assert row.raw[:2] == ["500", "Kari"]
