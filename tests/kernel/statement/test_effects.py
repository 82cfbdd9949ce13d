"""What a preview counts, against what then comes of it when the declaration is applied."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection

from hjemmel.declaration import load, load_texts, texts_of
from hjemmel.kernel import access
from hjemmel.kernel.access.models import Duty, OfficeDuty
from hjemmel.kernel.grounds.models import Clause, Ground, Version
from hjemmel.kernel.retention.queries import plan
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.statement.effects import Effects, affected, effects
from hjemmel.kernel.subjects.models import Subject
from tests.kernel.verify.register import Register, plant, settle
from tests.planting import HARBOUR, HILL, SOUTH, member

Acting = Callable[..., AbstractContextManager[None]]
MEMBERSHIP = "activities/membership.yaml"
SIX_YEARS_AGO = date(2020, 11, 20)


def edited(*edits: tuple[str, str], file: str = MEMBERSHIP) -> dict[str, str]:
    files = texts_of("mission")
    for before, after in edits:
        assert files[file].count(before) == 1, before
        files[file] = files[file].replace(before, after)
    return files


SHORTER = ("    for: P5Y\n", "    for: P1Y\n")
NARROW_CHAPTER = (
    "data: [person.name, person.birth_date, person.gender,\n",
    "data: [person.name, person.gender,\n",
)
PHONE = "     person.phone, membership.number, membership.type, "
WIDER_REGION = (PHONE, PHONE.replace("membership.number", "person.birth_date, membership.number"))
FORMER = ("  region_leader:\n    {may: [read],", "  region_leader:\n    {may: [read], sees: ended,")
GIVEN = (
    "recipients:\n",
    "recipients:\n  - {to: printer, data: [person.name, person.postal_address], when: each_issue,"
    " basis: {article: 6.1.b}}\n",
)


@pytest.fixture
def planted(db: None) -> Iterator[Register]:
    register = plant()
    with access.acting(actor="console", purpose="declaration/apply"):
        yield register


def sight(register: Register, as_app: Acting) -> dict[tuple[int, int], str]:
    """What every officer sees of everybody, asked as the web asks, whatever the purpose."""
    purposes = tuple(
        sorted({purpose for row in OfficeDuty.objects.all() for purpose in row.purposes}) or ("none/none",)
    )
    everybody = list(Subject.objects.values_list("id", flat=True))
    found = {}
    for officer in sorted({s.pk for s in register.officers.values()}):
        with as_app(actor=f"officer:{officer}", purpose=purposes), connection.cursor() as cursor:
            cursor.execute("select x, kernel.mask(x) from unnest(%s::bigint[]) x", [everybody])
            found |= {(officer, subject): mask for subject, mask in cursor.fetchall() if mask}
    return found


def differs(before: Mapping[tuple[int, int], str], after: Mapping[tuple[int, int], str]) -> list[int]:
    """Into sight, out of it, more seen, less seen: so many persons."""
    sets: list[set[int]] = [set(), set(), set(), set()]
    for pair in {*before, *after}:
        was, now = (int(side.get(pair, "0"), 2) for side in (before, after))
        sets[0] |= {pair[1]} if pair not in before else set()
        sets[1] |= {pair[1]} if pair not in after else set()
        if pair in before and pair in after:
            sets[2] |= {pair[1]} if now & ~was else set()
            sets[3] |= {pair[1]} if was & ~now else set()
    return [len(each) for each in sets]


EDITS = [
    (SHORTER,),
    (WIDER_REGION,),
    (FORMER,),
    (NARROW_CHAPTER,),
    (SHORTER, WIDER_REGION, FORMER),
    (("sees: ended}\n  privacy_officer", "sees: current}\n  privacy_officer"),),
    (("person.gender, membership.*]", "person.gender, person.email, membership.*]"),),
    (("    for: P5Y\n", "    for: P9Y\n"),),
    (("[read, export, shielded, restricted]", "[read, export]"),),
]


@pytest.mark.parametrize("edits", EDITS)
def test_what_is_foretold_is_what_happens(
    planted: Register, as_app: Acting, edits: tuple[tuple[str, str]]
) -> None:
    member(HARBOUR, given="Lenge", joined_on=date(2001, 1, 1), left_on=date(2023, 5, 31), leaving="left")
    settle()
    files = edited(*edits)
    told = effects(files)
    before, due_before = sight(planted, as_app), {i.subject_id for i in plan().items}
    apply(files)
    after, items = sight(planted, as_app), plan().items
    assert [told.seen.into, told.seen.out, told.seen.more, told.seen.less] == differs(before, after)
    assert told.due.records == len([i for i in items if i.happens == "record"])
    # What the ledger no longer holds of somebody may never have been stored, and then nothing goes.
    assert len({i.subject_id for i in items} - due_before) <= told.due.persons


def test_a_shorter_time_tells_whose_data_are_due_and_when(planted: Register) -> None:
    for left in (date(2025, 11, 22), date(2025, 11, 23), date(2025, 11, 24), date(2026, 6, 1)):
        member(HILL, given=f"L{left}", joined_on=date(2001, 1, 1), left_on=left, leaving="left")
    told = effects(edited(SHORTER))
    (counted,) = told.changes
    assert (counted.change.kind, counted.change.direction) == ("time", "narrower")
    held = Ground.objects.filter(clause__rule="membership/keep/2", clause__status="live")
    assert counted.persons == held.values("subject_id").distinct().count() == told.touched
    assert told.worse == 0
    # Who left in January 2026 (the planted one) and in June keep them until the same day of 2027.
    # So goes the earlier membership, in another chapter, of somebody who is still a member: she stays.
    assert (told.due.persons, told.due.records) == (2, 3)
    assert told.sooner == ((2026, 3), (2027, 2))
    assert told.later == 0


def test_a_new_recipient_gets_only_those_who_are_members_now(planted: Register) -> None:
    told = effects(edited(GIVEN))
    (counted,) = told.changes
    assert (counted.change.kind, counted.change.direction) == ("recipient", "wider")
    members = {tie.subject_id for tie in planted.members.values()}
    members |= {planted.shielded.subject_id, planted.restricted.subject_id}
    assert counted.persons == told.touched == told.worse == len(members)


def test_a_wider_duty_touches_those_its_holders_see(planted: Register) -> None:
    told = effects(edited(WIDER_REGION))
    (counted,) = told.changes
    assert (counted.change.office, counted.change.direction) == ("region_leader", "wider")
    # The members of the chapters in the north and the south, but for the restricted one and who has left.
    assert counted.persons == told.seen.more == 4
    assert (told.seen.into, told.seen.out, told.seen.less) == (0, 0, 0)


def test_words_touch_nobody(planted: Register) -> None:
    files = edited(("title: {nb: Medlemskap", "title: {nb: Medlemskapet"))
    told = effects(files)
    assert [(c.change.kind, c.persons) for c in told.changes] == [("wording", None)]
    assert (told.touched, told.worse, told.due.persons, told.seen.into) == (0, 0, 0, 0)


def test_counting_leaves_nothing_behind(planted: Register) -> None:
    def stored() -> Iterator[object]:
        for model in (Clause, Ground, Duty, OfficeDuty, Version):
            yield sorted(
                model.objects.values_list(
                    *(f.attname for f in model._meta.concrete_fields if f.attname != "files")
                )
            )

    before = list(stored())
    effects(edited(SHORTER, WIDER_REGION, GIVEN))
    assert list(stored()) == before
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('next_ground'), to_regclass('seat'), to_regclass('moved')")
        assert cursor.fetchone() == (None, None, None)


def test_what_is_counted_is_the_same_as_what_is_in_force(planted: Register) -> None:
    told: Effects = effects(texts_of("mission"))
    assert (told.changes, told.touched, told.sooner, told.later) == ((), 0, (), 0)


def test_those_affected_since_a_version_are_those_worse_off(planted: Register) -> None:
    old = load("mission")
    former = member(SOUTH, given="Gammel", left_on=SIX_YEARS_AGO, joined_on=date(2001, 1, 1), leaving="left")
    assert affected(old) == []
    apply(edited(SHORTER))
    assert affected(old) == []
    apply(edited(WIDER_REGION, GIVEN))
    members = {tie.subject_id for tie in planted.members.values()}
    members |= {planted.shielded.subject_id, planted.restricted.subject_id}
    assert set(affected(old)) == members
    assert former.subject_id not in members
    assert affected(load_texts(edited(WIDER_REGION, GIVEN))) == []
