"""Whom a change is about, as SQL: the persons held by the rules it changes, or seen through them."""

from collections.abc import Iterable
from dataclasses import dataclass

from hjemmel.declaration import Change, Declaration
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.access.masks import NONE, on_its_day
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.statement.laying import AFTER, BEFORE, Plan, grounds, sight

NOT_ABOUT_PERSONS = {
    *(
        "wording",
        "order",
        "reason",
        "assessment",
        "planned",
        "language",
        "contact",
        "office",
        "unit",
        "cookie",
    ),
}
OFFICE = "d.office = %s"
TODAY = "(select kernel.today())"
ALIVE = f"(g.until is null or g.until > {TODAY})"


@dataclass(frozen=True, slots=True)
class Reach:
    """SQL for the subjects a change is about, and what it is given."""

    sql: str
    given: tuple[str, ...] = ()


def reach(change: Change, old: Declaration, new: Declaration, plan: Plan) -> Reach | None:
    """Return whom a change is about, or None where it is about nobody: words, and what is only planned."""
    if change.kind in NOT_ABOUT_PERSONS or _planned(change, old, new):
        return None
    if change.kind == "access":
        return _seen(change, old, new, plan) if change.office else _holders(change)
    ids = {clause.pk for clause in (*plan.before, *plan.after) if _about(clause, change, plan)}
    return _held(plan, ids, open_only=change.kind == "recipient" and change.activity is not None)


def _planned(change: Change, old: Declaration, new: Declaration) -> bool:
    active = {activity.name for declaration in (old, new) for activity in declaration.active}
    return change.activity is not None and change.activity not in active


def _about(clause: Clause, change: Change, plan: Plan) -> bool:
    """Whether a clause holds what a change is about. What a rule is called before it changes and after is
    compared on its own side alone.
    """
    if change.activity is None:
        return True
    if clause.activity != change.activity:
        return False
    if change.kind == "time" and (change.old or change.new):
        sides = ((change.old, plan.before), (change.new, plan.after))
        if not any(rule == clause.rule and clause in those for rule, those in sides):
            return False
    return not change.data or any(clause.bits[plan.places[datum]] == "1" for datum in change.data)


def _held(plan: Plan, ids: Iterable[int], *, open_only: bool) -> Reach:
    open_too = f" and (g.ended is null or g.ended > {TODAY})" if open_only else ""
    return Reach(f"select distinct g.subject_id from {grounds(plan, ids)} g where {ALIVE}{open_too}")


def _holders(change: Change) -> Reach:
    """Return those who hold an office that becomes public, or is public no more."""
    office = (change.new or change.old or "").split("/")[1]
    return Reach(
        f"select distinct t.subject_id from public.units_tenure t where t.office = %s and {on_its_day('t')}",
        (office,),
    )


def _seen(change: Change, old: Declaration, new: Declaration, plan: Plan) -> Reach:
    """Return those of whom holders of the office see more, or less; everybody they see, where what changes is
    what they may do.
    """
    left, right = ((BEFORE, change.old), (AFTER, change.new))
    if change.direction == "narrower":
        left, right = right, left
    one, other = (
        sight(plan, side, by="seat", seat="held_at", where=OFFICE + (" and d.rule = %s" if rule else ""))
        for side, rule in (left, right)
    )
    given = [(str(change.office), *((rule,) if rule else ())) for _, rule in (left, right)]
    if None not in (change.old, change.new) and _may_else(change, old, new):
        return Reach(f"select distinct subject_id from ({other}) x", tuple(given[1]))
    mask = f"B'{bits(plan.places, change.data)}'" if change.data else f"~{NONE}"
    return Reach(
        f"select distinct y.subject_id from ({other}) y"
        f" left join ({one}) x on (x.seat, x.subject_id) = (y.seat, y.subject_id)"
        f" where y.bits & {mask} & ~coalesce(x.bits, {NONE}) <> {NONE}",
        (*given[1], *given[0]),
    )


def _may_else(change: Change, old: Declaration, new: Declaration) -> bool:
    """Whether a duty lets its holders do something else, or for something else, than see."""
    rules = [
        {duty.id: duty for activity in declaration.active for duty in activity.duties}
        for declaration in (old, new)
    ]
    before, after = rules[0].get(str(change.old)), rules[1].get(str(change.new))
    if before is None or after is None:
        return False
    unseen = {"read", "shielded", "restricted"}
    return (before.may - unseen, before.purposes) != (after.may - unseen, after.purposes)
