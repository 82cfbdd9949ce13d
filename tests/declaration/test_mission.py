"""The preset for a mission society, fact by fact."""

import pytest

from hjemmel.declaration import load, rules, who_sees

MISSION = load("mission")
HIDDEN = (
    "person.national_id",
    "person.employer",
    "person.bank_account",
    "person.language",
    "membership.leaving",
    "membership.leaving_reason",
)


def test_activities() -> None:
    assert [activity.name for activity in MISSION.active] == [
        "contact_register",
        "membership",
        "offices",
        "accounts",
        "import_staging",
        "change_log",
        "holds",
    ]


def test_offices_and_units() -> None:
    assert {kind.name: kind.under for kind in MISSION.unit_kinds} == {
        "central": (),
        "region": ("central",),
        "chapter": ("region",),
    }
    assert {office.name: office.at for office in MISSION.offices} == {
        "general_secretary": ("central",),
        "register_keeper": ("central",),
        "privacy_officer": ("central",),
        "personnel_manager": ("central",),
        "region_leader": ("region",),
        "chapter_leader": ("chapter",),
        "treasurer": ("central",),
        "editor": ("central",),
        "event_leader": ("central", "region"),
        "volunteer_coordinator": ("central",),
        "faith_officer": ("central",),
    }
    assert [office.name for office in MISSION.offices if office.public] == []


def test_membership_while_it_lives_and_its_history() -> None:
    live, history = MISSION.activity("membership").keep
    assert (str(live.period), live.after, live.data) == ("P0D", "membership.ended", None)
    assert (str(history.period), history.after) == ("P5Y", "membership.ended")
    membership = {name for name in MISSION.activity("membership").names if name.startswith("membership.")}
    basics = {"person.name", "person.birth_date", "person.postal_address", "person.gender"}
    assert history.data == membership | basics


def test_other_times() -> None:
    found = {
        (rule.fields["record"], rule.fields["event"], rule.fields["period"], rule.fields["condition"])
        for rule in rules(MISSION)
        if rule.kind == "keep" and rule.fields["record"] != "membership"
    }
    assert found == {
        ("contact", "contact.ended", "P0D", None),
        ("consent", "consent.withdrawn", "P0D", None),
        ("consent", "consent.withdrawn", "P1Y", None),
        ("tenure", "tenure.ended", "P0D", None),
        ("tenure", "tenure.ended", None, None),
        ("account", "account.created", "P3M", "account.unused"),
        ("account", "account.last_login", "P5Y", "account.used"),
        ("import_row", "import.received", "P30D", None),
        ("log_value", "log.written", "P5Y", None),
        ("hold", "hold.ended", "P1Y", None),
    }


def test_offices_stay_with_a_review_and_the_rest_goes() -> None:
    stays = MISSION.activity("offices").keep[1]
    assert (stays.period, str(stays.review)) == (None, "P5Y")
    assert stays.data == {"person.name", "office.held", "office.dates"}


def test_chapter_leader_sees_just_what_is_declared() -> None:
    duties = [duty for duty in MISSION.activity("membership").duties if duty.office == "chapter_leader"]
    read, change = duties
    assert read.data == {
        "person.name",
        "person.postal_address",
        "person.email",
        "person.phone",
        "person.birth_date",
        "person.gender",
        "membership.number",
        "membership.type",
        "membership.status",
        "membership.dates",
        "membership.unit",
        "membership.joined_how",
    }
    assert change.data is not None
    assert change.data < read.data
    assert {duty.sees for duty in duties} == {"current"}
    assert "change" not in read.may


@pytest.mark.parametrize("datum", HIDDEN)
def test_only_central_offices_see_the_rest(datum: str) -> None:
    sights = who_sees(MISSION, datum, "membership")
    assert {sight.office for sight in sights} == {"register_keeper", "privacy_officer"}
    assert {sight.at for sight in sights} == {("central",)}


def test_region_leader_reads_less() -> None:
    assert "region_leader" not in {sight.office for sight in who_sees(MISSION, "person.birth_date")}
    (sight,) = [s for s in who_sees(MISSION, "person.name", "membership") if s.office == "region_leader"]
    assert sight.may == {"read"}


def test_who_sees_tells_several_duties_of_an_office_as_one() -> None:
    (leader,) = [s for s in who_sees(MISSION, "person.email", "membership") if s.office == "chapter_leader"]
    assert leader.may == {"read", "change"}
    assert leader.title.nb == "Lokallagslederen"


def test_nobody_sees_a_password() -> None:
    assert who_sees(MISSION, "account.password") == ()


def test_logged_data_are_important_ones_that_are_held() -> None:
    logged = MISSION.activity("change_log").logged
    assert {"person.name", "person.national_id", "membership.dates", "office.held", "consent.choice"} <= set(
        logged
    )
