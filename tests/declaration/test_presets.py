"""What holds of every preset: a clean check, invented names, and what the program carries out of it."""

import re

import pytest

from hjemmel.declaration import Declaration, Known, check, dump, load_texts, presets, texts_of, vocabulary
from tests.declaration.facts import preset

PRESETS = presets()
FOUND_EVERYWHERE = {"contact_register", "offices", "accounts", "import_staging", "change_log", "holds"}

# The activities no app carries out yet. The number may only fall.
PLANNED = {"courses": 12, "interest": 8, "mission": 17, "union": 9, "youth": 7}

# What the first apps store.
RECORDS = {"contact", "membership", "tenure", "consent", "account", "import_row", "log_value", "hold"}
DATA = {
    *("person.name", "person.birth_date", "person.gender", "person.language", "person.employer"),
    *("person.postal_address", "person.email", "person.phone", "person.municipality"),
    *("person.national_id", "person.bank_account", "contact.reason", "contact.dates", "consent.choice"),
    *("membership.number", "membership.type", "membership.status", "membership.dates", "membership.unit"),
    *("membership.joined_how", "membership.leaving", "membership.leaving_reason", "membership.recruiter"),
    *("membership.earlier", "office.held", "office.dates", "account.username", "account.password"),
    *("account.logins", "import.row", "log.value", "hold.reason", "hold.scope", "hold.dates"),
}

# Who the sources are, their suppliers and their partners: none of them is in a preset.
REAL = re.compile(
    r"juvente|sosent|industri ?energi|\bnlm\b|juristenes|\bjus\b|advokatforening|juristforbund|misjonssamband"
    r"|sparebank|\blo\b|lofavør|lo media|compendia|enalyzer|mailchimp|unicorn|fathom|visolit|superblink|utsyn"
    r"|finn\.no|questback|matomo|google|kvarme|smith",
    re.IGNORECASE,
)
UNION_LOCAL = {
    "membership": {
        *("person.name", "person.postal_address", "person.phone", "person.email", "person.birth_date"),
        *("membership.status", "membership.number", "membership.dates", "membership.leaving"),
        "membership.unit",  # whose members these are: the list is the unit's
    },
    "offices": {"person.name", "person.postal_address", "person.email", "person.phone", "office.held"},
    "benefits": {"person.name", "benefit.reservation"},
}


@pytest.mark.parametrize("name", PRESETS)
def test_there_is_no_finding_and_it_is_written_back_the_same(name: str) -> None:
    assert check(name) == ()
    assert load_texts(dump(preset(name))) == preset(name)


@pytest.mark.parametrize("name", PRESETS)
def test_active_activities_use_only_what_is_stored(name: str) -> None:
    words = vocabulary()
    known = Known(
        records=frozenset(RECORDS),
        events=frozenset(event for record in RECORDS for event in words.records[record].events),
        conditions=frozenset({"account.unused", "account.used"}),
        data=frozenset(DATA),
        reviewed=frozenset({"contact", "membership", "tenure", "consent", "hold"}),
    )
    assert {finding.code for finding in check(name, known)} <= {"H094"}  # room for more than is declared


@pytest.mark.parametrize("name", PRESETS)
def test_what_the_program_has_apps_for_is_active(name: str) -> None:
    active = {activity.name for activity in preset(name).active}
    assert active == FOUND_EVERYWHERE | ({"membership"} if name != "courses" else set())


def test_number_of_planned_activities_may_only_fall() -> None:
    assert {name: len(preset(name).planned) for name in PRESETS} == PLANNED


@pytest.mark.parametrize("name", PRESETS)
def test_whoever_starts_the_register_can_let_the_others_in(name: str) -> None:
    """The first log-in goes to the office with the daily charge, and nobody appoints beyond her own duties:
    it may all that the others may, but for whoever receives requests.
    """
    declaration = preset(name)
    daily = declaration.organisation.daily
    for activity in declaration.active:
        own = next(duty for duty in activity.duties if duty.office == daily)
        for duty in activity.duties:
            if duty.office not in {daily, declaration.organisation.requests}:
                assert duty.may <= own.may
                assert set(activity.subset(duty.data)) <= set(activity.subset(own.data))
                assert (own.purposes is None) or (duty.purposes or set()) <= own.purposes


@pytest.mark.parametrize("name", PRESETS)
def test_an_activity_fits_on_a_page(name: str) -> None:
    files = {file: text for file, text in texts_of(name).items() if file.startswith("activities/")}
    assert [file for file, text in files.items() if len(text.splitlines()) >= 60] == []


@pytest.mark.parametrize("name", PRESETS)
def test_planned_activities_say_all_that_active_ones_must(name: str) -> None:
    for activity in preset(name).planned:
        held = {datum for keep in activity.keep for datum in activity.subset(keep.data)}
        assert (activity.name, held) == (activity.name, set(activity.names))
        assert activity.sources
        assert activity.duties


@pytest.mark.parametrize("name", PRESETS)
def test_numbers_mail_phone_and_names_are_invented(name: str) -> None:
    organisation = preset(name).organisation
    assert {controller.number[0] for controller in organisation.controllers} == {"3"}
    assert organisation.contact.email.endswith(".example.org")
    assert organisation.contact.phone.startswith("+47 680 5")
    assert [file for file, text in texts_of(name).items() if REAL.search(text)] == []


def test_no_two_presets_share_a_controller() -> None:
    numbers = [c.number for name in PRESETS for c in preset(name).organisation.controllers]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("office", ["chapter_leader", "club_leader"])
def test_local_officers_of_a_union_see_just_the_fields_declared(office: str) -> None:
    union = preset("union")
    found = {activity.name: activity for activity in union.activities}
    seen = {
        name: {datum for duty in activity.duties if duty.office == office for datum in duty.data or ()}
        for name, activity in found.items()
        if any(duty.office == office for duty in activity.duties)
    }
    assert seen == UNION_LOCAL
    duties = [duty for name in seen for duty in found[name].duties if duty.office == office]
    assert {duty.may for duty in duties} == {frozenset({"read"})}
    assert {duty.sees for duty in duties} == {"current"}


def whole_register(declaration: Declaration) -> set[str]:
    """The offices at the centre that see memberships."""
    central = {office.name for office in declaration.offices if "central" in office.at}
    return central & {duty.office for duty in declaration.activity("membership").duties}


def test_who_sees_the_whole_register() -> None:
    assert whole_register(preset("union")) == {"register_keeper", "privacy_officer"}
    assert whole_register(preset("youth")) == {
        "register_keeper",
        "privacy_officer",
        "daily_manager",
        "central_leader",
    }


def test_offices_are_public_only_where_that_reveals_nothing() -> None:
    public = {name: {office.name for office in preset(name).offices if office.public} for name in PRESETS}
    assert public.pop("youth") == {"central_leader", "chapter_leader", "chapter_board"}
    assert set().union(*public.values()) == set()


def test_cookies_that_are_not_needed_wait_for_consent() -> None:
    cookies = {name: preset(name).organisation.cookies for name in PRESETS}
    assert {name for name, found in cookies.items() if found} == {"union", "interest", "courses"}
    for found in cookies.values():
        assert [c.name for c in found if c.consent is (c.kind == "necessary")] == []


def test_courses_for_the_association_are_the_association_s() -> None:
    courses = preset("courses")
    behalf = [activity.name for activity in courses.activities if courses.for_others(activity)]
    assert behalf == ["association_courses"]
    newsletter = courses.activity("newsletters").purpose("information")
    assert {
        subject: newsletter.basis_for(subject) for subject in courses.activity("newsletters").subjects
    } == {
        "contact": ("6.1.a",),
        "customer": ("6.1.f",),
        "partner_member": ("6.1.a",),
        "association_member": ("6.1.f",),
    }


def test_a_union_that_deletes_at_once_has_nothing_to_explain() -> None:
    """The stricter variant that docs/declare/presets.md shows."""
    files = texts_of("union")
    file = "activities/membership.yaml"
    keep, end = files[file].index("keep:\n"), files[file].index("notes:")
    files[file] = (
        files[file][:keep]
        + "keep:\n  - {what: membership, for: P0D, after: membership.ended, then: delete, review: P5Y}\n"
        + files[file][end:]
    )
    assert [(finding.code, finding.file) for finding in check(files)] == [("H086", file)]
    without = [line for line in files[file].splitlines() if "finding: H101" not in line]
    files[file] = "\n".join(without)
    assert check(files) == ()
