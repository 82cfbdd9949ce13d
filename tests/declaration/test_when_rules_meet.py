"""The order when rules meet, and the eleven cases in which five real organisations' rules do meet."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.declaration import Declaration, Keep, Period, check, load_texts, rules, texts_of
from hjemmel.declaration.law import floors
from hjemmel.declaration.order import Claim, answer_by, due, settle
from tests.declaration.sampling import SAMPLES, sample

GIFT = date(2026, 1, 15)
BASE = texts_of(SAMPLES / "base")
CLUB = "activities/club.yaml"
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
claims = st.builds(
    Claim, st.sampled_from(["hold", "floor", "request", "rule"]), st.text("abc", min_size=1), st.none() | days
)


def found(name: str) -> list[str]:
    """Return the codes found in a failing sample."""
    shown = sample(SAMPLES / "failing" / f"{name}.yaml")
    return [finding.code for finding in check(shown.texts, shown.known)]


def club(*changes: tuple[str, str]) -> dict[str, str]:
    """Return the small declaration with its activity changed."""
    text = BASE[CLUB]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return BASE | {CLUB: text}


def codes(texts: dict[str, str]) -> list[str]:
    return [finding.code for finding in check(texts)]


def keep(declaration: Declaration, number: int) -> Keep:
    return declaration.activity("club").keep[number - 1]


def test_hold_before_floor_before_request_before_the_longest_rule() -> None:
    meeting = [
        Claim("hold", "case 7", date(2040, 1, 1)),
        Claim("floor", "bokforingsloven.13", date(2031, 12, 31)),
        Claim("request", "erasure", date(2026, 11, 23)),
        Claim("rule", "club/keep/1", date(2029, 1, 1)),
        Claim("rule", "club/keep/2", date(2028, 1, 1)),
    ]
    for number, (wins, until) in enumerate(
        [("case 7", 2040), ("bokforingsloven.13", 2031), ("erasure", 2026), ("club/keep/1", 2029)]
    ):
        for order in permutations(meeting[number:]):
            outcome = settle(order)
            assert outcome.wins.name == wins
            assert outcome.until is not None
            assert outcome.until.year == until
            assert set(outcome.over) == set(meeting[number:]) - {outcome.wins}


@given(st.lists(claims, min_size=1, max_size=6))
def test_whatever_meets_one_claim_decides(meeting: list[Claim]) -> None:
    outcome = settle(meeting)
    assert outcome.wins in meeting
    assert outcome.until == outcome.wins.until
    end = outcome.until or date.max
    stronger = [claim for claim in meeting if claim.kind in {"hold", "floor"}]
    assert all((claim.until or date.max) <= end for claim in stronger)
    if outcome.wins.kind == "rule":
        asked = [claim for claim in meeting if claim.kind == "request"]
        assert all((claim.until or date.max) >= end for claim in asked)


def test_without_any_claim_there_is_nothing_to_settle() -> None:
    with pytest.raises(ValueError, match="nothing claims"):
        settle([])


def test_case_1_the_bookkeeping_act_counts_from_the_end_of_the_year() -> None:
    floor = floors()["bokforingsloven.13"]
    declared = Keep("gifts/keep/1", "gift", "delete", None, Period(5), "gift.received")
    by_law = replace(declared, count_from=floor.count_from)
    happened = {"gift.received": GIFT}
    assert (due(declared, happened), due(by_law, happened)) == (date(2031, 1, 15), date(2031, 12, 31))
    assert found("H100-too-short-for-the-law") == ["H100"]
    assert found("H103-law-first") == ["H103"]
    assert found("H104-longer-than-law") == ["H104"]
    assert found("H105-seen-by-many") == ["H105"]


def test_case_1_the_member_record_goes_on_its_own_time() -> None:
    shown = sample(SAMPLES / "failing" / "H059-law-elsewhere.yaml")
    (finding,) = check(shown.texts)
    assert "ledger/keep/1 wins, since a statute requires it" in finding.said("en")[0]
    declaration = load_texts(shown.texts)
    left = {"membership.ended": date(2026, 3, 1)}
    assert due(declaration.activity("club").keep[1], left) == date(2027, 3, 1)
    assert due(declaration.activity("ledger").keep[0], left) == date(2031, 12, 31)


def test_case_1_erasure_waits_for_the_years_tax_report_unless_waived() -> None:
    asked = Claim("request", "erasure", date(2026, 11, 23))
    rule = Claim("rule", "gifts/keep/1", date(2031, 12, 31))
    report = Claim("floor", "skatteloven.6-50", date(2027, 2, 1))
    assert settle([asked, rule, report]).wins == report
    assert settle([asked, rule]).until == date(2026, 11, 23)


def test_case_2_unions_and_faith_communities_are_warned_until_a_reason_is_recorded() -> None:
    assert found("H101-advised").count("H101") == 1
    assert "H106" in found("H106-unpaid")
    assert "H107" in found("H107-archive")
    assert "H108" in found("H108-still-seen")
    assert "H046" in found("H046-ties")
    said = sample(SAMPLES / "failing" / "H101-advised.yaml")
    assert any("https://www.datatilsynet.no/" in finding.message for finding in check(said.texts))
    answered = sample(SAMPLES / "passing" / "reason-recorded.yaml")
    assert check(answered.texts) == ()
    reason = load_texts(answered.texts).activity("club").reasons[0]
    assert (reason.finding, reason.by, reason.on.isoformat()) == ("H101", "leader", "2026-01-30")


def test_case_2_a_variant_that_deletes_at_once_is_not_warned_about_leaving() -> None:
    texts = club(
        ("basis: 6.1.b\n", "basis: [6.1.b, 9.2.d]\n"), ("sources:", "  - {article: 9.2.d}\nsources:")
    )
    kept = texts[CLUB].splitlines(keepends=True)
    texts[CLUB] = "".join(line for line in kept if "for: P1Y" not in line)
    texts["organisation.yaml"] += "reveals: [union_membership]\n"
    assert set(codes(texts)) == {"H106", "H114"}  # who ends unpaid memberships; that the leader is published


def test_case_3_grants_keep_counts_and_a_list_only_where_one_is_declared() -> None:
    counted = club(("then: delete}", "then: anonymise, at_request: anonymise}"))
    assert codes(counted) == []
    fields = {rule.id: rule.fields for rule in rules(load_texts(counted))}
    assert fields["club/keep/2"]["then"] == "anonymise"
    assert fields["club/keep/2"]["at_request"] == "anonymise"
    assert "at_request" not in fields["club/keep/1"]
    left = {"membership.ended": date(2026, 6, 1)}
    without = [due(rule, left) for rule in load_texts(counted).activity("club").keep]
    assert max(day for day in without if day) == date(2027, 6, 1)
    listed = "  - {what: membership, data: [person.name], for: P2Y, after: membership.ended, then: delete}\n"
    declared = load_texts(counted | {CLUB: counted[CLUB] + listed})
    assert due(keep(declared, 3), left) == date(2028, 6, 1)


def test_case_4_consent_is_proved_for_a_declared_time_and_with_no_more_than_it_takes() -> None:
    assert found("H109-no-proof") == ["H109"]
    assert found("H110-more-than-proof") == ["H110"]
    given = sample(SAMPLES / "failing" / "H110-more-than-proof.yaml").texts
    never_again = {
        CLUB: given[CLUB].replace(", review: P2Y}", "}").replace("person.email, consent", "consent")
    }
    assert codes(given | never_again) == ["H056"]


def test_case_5_an_archive_needs_an_end_or_a_review_and_certificates_are_not_for_life() -> None:
    assert "H052" in codes(club(("for: P1Y, after: membership.ended, then", "then")))
    assert found("H111-for-life") == ["H111"]


def test_case_6_the_history_of_offices_is_name_office_and_dates() -> None:
    assert found("H112-more-than-history") == ["H112"]
    assert "H114" in found("H114-published")
    given = sample(SAMPLES / "failing" / "H112-more-than-history.yaml").texts
    assert (
        codes(given | {CLUB: given[CLUB].replace("[person.name, person.email, office.*]", "[office.*]")})
        == []
    )


def test_case_7_ten_years_and_five_for_the_same_person_make_ten() -> None:
    ten = Claim("rule", "courses/keep/1", date(2036, 11, 23))
    five = Claim("rule", "courses/keep/2", date(2031, 11, 23))
    assert settle([five, ten]).wins == ten
    assert settle([five, ten]).over == (five,)


def test_case_7_for_another_controller_the_processor_keeps_to_that_controllers_period() -> None:
    texts = sample(SAMPLES / "passing" / "everything-said.yaml").texts
    own = load_texts(texts)
    declaration = load_texts(texts | {CLUB: texts[CLUB].replace("[main]", "[grove]")})
    assert declaration.for_others(declaration.activity("club"))
    assert not own.for_others(own.activity("club"))
    grove = declaration.controller("grove")
    assert grove.agreement is not None
    assert grove.at_end == "return"
    assert found("H087-at-end") == ["H087"]


def test_case_8_what_is_not_erased_as_a_rule_says_what_happens_when_somebody_asks() -> None:
    assert found("H115-when-asked") == ["H115"]
    asked = Claim("request", "erasure", date(2026, 12, 23))
    assert settle([Claim("rule", "cases/keep/1"), asked]).wins == asked


def test_case_9_cookies_beyond_the_necessary_need_consent() -> None:
    assert found("H102-tracked") == ["H102"]
    assert check(sample(SAMPLES / "passing" / "everything-said.yaml").texts) == ()


@given(days)
def test_case_10_of_thirty_days_and_a_month_the_earlier(received: date) -> None:
    organisation = load_texts(BASE).organisation
    thirty = replace(organisation, answer_within=Period(days=30))
    assert answer_by(thirty, received) == min(
        answer_by(organisation, received), received + timedelta(days=30)
    )
    assert answer_by(thirty, received) <= answer_by(organisation, received)


def test_case_10_no_promise_is_longer_than_a_month() -> None:
    assert found("H083-too-long") == ["H083"]
    for within in ("P30D", "P1M", "P31D", "P7D"):
        said = BASE["organisation.yaml"] + f"answer_within: {within}\n"
        assert codes(BASE | {"organisation.yaml": said}) == []
    said = BASE["organisation.yaml"] + "answer_within: P32D\n"
    assert codes(BASE | {"organisation.yaml": said}) == ["H083"]


def test_case_11_what_has_neither_an_end_nor_a_review_is_refused() -> None:
    assert found("H052-no-end") == ["H052"]
    assert found("H113-third-person") == ["H113"]
