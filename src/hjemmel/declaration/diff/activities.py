"""What changes in each activity: whether there is one, and all that is said of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from hjemmel.declaration.diff.change import Both, Change, Fill, ruled, said, subjects
from hjemmel.declaration.diff.keeping import compared, days, time_changes
from hjemmel.declaration.diff.pairing import came, paired, reordered
from hjemmel.declaration.diff.sight import access_changes, recipient_changes
from hjemmel.declaration.diff.uses import use_changes
from hjemmel.declaration.diff.wording import contrast
from hjemmel.declaration.model import Activity, Assessment, Declaration, KeptIn, Reason
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.naming import named


def activity_changes(old: Declaration, new: Declaration) -> tuple[Change, ...]:
    """Return the changes in activities, in the order of the new declaration; those that went come last."""
    before, after = ({activity.name: activity for activity in d.activities} for d in (old, new))
    found: list[Change] = []
    for name in dict.fromkeys((*after, *before)):
        if name not in before:
            found.append(_whole(new, after[name], "planned" if after[name].planned else "begun"))
        elif name not in after:
            found.append(_whole(old, before[name], "unplanned" if before[name].planned else "ended"))
        elif before[name] != after[name]:
            found += _of(Both(old, new, before[name], after[name]))
    if reordered(list(before), list(after)):
        found.append(Change(None, "order", "other", said("order.activities")))
    return tuple(found)


def _whole(declaration: Declaration, activity: Activity, path: str) -> Change:
    """Return that an activity has begun or ended, or is planned, or not any more."""

    def fill(words: Language) -> dict[str, str]:
        parties = dict.fromkeys(given.to for given in activity.recipients)
        titles = [words.of(declaration.recipient(name).title) for name in parties]
        given = words.say("diff.datum.given", recipients=capital(words.all_of(titles))) if titles else ""
        return {
            "lead": words.say("diff.lead", lead=capital(subjects(words, activity.subjects))),
            "title": words.of(activity.title),
            "data": words.all_of(named(words, activity.names, activity)),
            "given": f" {given}" if given else "",
        }

    kind = {"unplanned": "planned"}.get(path, path)
    direction = {"begun": "wider", "ended": "narrower"}.get(path, "other")
    change = Change(activity.name, kind, direction, said(f"activity.{path}", fill), activity.subjects)
    rule = f"{activity.name}/data"
    came_now = path in {"begun", "planned"}
    return ruled(change, None if came_now else rule, rule if came_now else None, activity.names)


def _of(both: Both) -> Iterator[Change]:
    if both.old.planned != both.new.planned:
        begun = both.old.planned
        whole, activity = (both.after, both.new) if begun else (both.before, both.old)
        yield _whole(whole, activity, "begun" if begun else "ended")
        return
    found = [
        *_title(both),
        *_controllers(both),
        *use_changes(both),
        *access_changes(both),
        *recipient_changes(both),
        *time_changes(both),
        *_outside(both),
        *_logged(both),
        *_measures(both),
        *_assessments(both),
        *_reasons(both),
        *_notes(both),
        *_order(both),
    ]
    yield from found or [both.change("wording", "other", "same", lead="title")]


def _title(both: Both) -> Iterator[Change]:
    if both.old.title != both.new.title:
        path, fill = contrast("title", both.old.title, both.new.title)
        yield both.change("wording", "other", path, fill)


def _notes(both: Both) -> Iterator[Change]:
    if both.old.notes != both.new.notes:
        path, fill = contrast("notes", both.old.notes, both.new.notes)
        yield both.change("wording", "other", path, fill, lead="title")


def _controllers(both: Both) -> Iterator[Change]:
    for path, direction, names, whole in (
        ("added", "wider", came(both.old.controllers, both.new.controllers), both.after),
        ("removed", "narrower", came(both.new.controllers, both.old.controllers), both.before),
    ):
        if names:

            def fill(
                words: Language, names: tuple[str, ...] = names, whole: Declaration = whole
            ) -> dict[str, str]:
                return {"controllers": words.all_of([whole.controller(name).title for name in names])}

            yield both.change("controller", direction, f"controller.{path}", fill)


def _outside(both: Both) -> Iterator[Change]:
    """Yield the changes in what is kept outside the register."""
    pairs = paired(
        both.old.kept_in, both.new.kept_in, lambda kept: kept, lambda kept: kept.outside, lambda _: True
    )
    for old, new in pairs:
        if old == new:
            continue
        if old is None or new is None:
            path, fill = contrast("outside", old.outside if old else None, new.outside if new else None)
            yield both.change("outside", "wider" if new else "narrower", path, fill)
            continue
        if old.outside != new.outside:
            path, fill = contrast("outside", old.outside, new.outside)
            yield both.change("outside", "other", path, fill)
        if old.review != new.review:
            yield _looked_over(both, old, new)


def _looked_over(both: Both, old: KeptIn, new: KeptIn) -> Change:
    def fill(words: Language) -> dict[str, str]:
        return {
            "outside": words.of(new.outside),
            "old": words.often(old.review),
            "new": words.often(new.review),
        }

    return both.change("outside", compared(days(old.review), days(new.review)), "outside.review", fill)


def _logged(both: Both) -> Iterator[Change]:
    for path, names, activity in (
        ("added", came(both.old.logged, both.new.logged), both.new),
        ("removed", came(both.new.logged, both.old.logged), both.old),
    ):
        if names:

            def fill(
                words: Language, names: tuple[str, ...] = names, activity: Activity = activity
            ) -> dict[str, str]:
                return {"data": words.all_of(named(words, names, activity))}

            rule = f"{both.name}/logged"
            change = both.change("logged", "other", f"logged.{path}", fill)
            yield ruled(change, rule if both.old.logged else None, rule if both.new.logged else None, names)


def _measures(both: Both) -> Iterator[Change]:
    """Yield the measures that protect the activity no longer, or now; those of the organisation lie there."""
    before, after = (
        {m.name: m for m in whole.measures(activity)}
        for whole, activity in ((both.before, both.old), (both.after, both.new))
    )
    kept = {m.name for m in both.before.organisation.measures} & {
        m.name for m in both.after.organisation.measures
    }
    for path, direction, names, those in (
        ("removed", "wider", came(list(after), list(before)), before),
        ("added", "narrower", came(list(before), list(after)), after),
    ):
        titles = [those[name].title for name in names if name in kept]
        if titles:
            yield both.change(
                "measure",
                direction,
                f"measure.here.{path}",
                lambda words, titles=titles: {"measures": words.all_of([words.of(t) for t in titles])},  # type: ignore[misc]
                lead="title",
            )


def _assessments(both: Both) -> Iterator[Change]:
    pairs = paired(
        both.old.assessments,
        both.new.assessments,
        lambda each: each,
        lambda each: (each.kind, each.title),
        lambda each: each.kind,
    )
    for old, new in pairs:
        if old == new:
            continue

        def fill(
            words: Language, old: Assessment | None = old, new: Assessment | None = new
        ) -> dict[str, str]:
            return {"old": _assessment(words, old), "new": _assessment(words, new)}

        path = "added" if old is None else "removed" if new is None else "changed"
        yield both.change("assessment", "other", f"assessment.{path}", fill, lead="title")


def _assessment(words: Language, each: Assessment | None) -> str:
    if each is None:
        return ""
    return words.say(
        "diff.assessment.is" if each.title else "diff.assessment.alone",
        kind=words.say(f"diff.assessment.kinds.{each.kind}"),
        title=words.of(each.title) if each.title else "",
        done=words.day(each.done),
        often=words.often(each.review),
    )


def _reasons(both: Both) -> Iterator[Change]:
    pairs = paired(both.old.reasons, both.new.reasons, lambda reason: reason, lambda reason: reason.finding)
    for old, new in pairs:
        reason = new or old
        if old == new or reason is None:
            continue
        whole = both.after if new else both.before
        path = "added" if old is None else "removed" if new is None else "changed"
        yield both.change("reason", "other", f"reason.{path}", _reason(whole, reason), lead="title")


def _reason(whole: Declaration, reason: Reason) -> Fill:
    return lambda words: {
        "code": reason.finding,
        "office": words.of(whole.office(reason.by).title),
        "on": words.day(reason.on),
        "because": words.of(reason.because),
    }


def _order(both: Both) -> Iterator[Change]:
    """Yield that what is said is said in another order."""
    lists: tuple[Callable[[Activity], list[object]], ...] = (
        lambda a: [*a.controllers],
        lambda a: [*a.subjects],
        lambda a: [purpose.name for purpose in a.purposes],
        lambda a: [*a.names],
        lambda a: [*a.basis],
        lambda a: [*a.sources],
        lambda a: [replace(given, id="") for given in a.recipients],
        lambda a: [replace(duty, id="") for duty in a.duties],
        lambda a: [replace(keep, id="") for keep in a.keep],
        lambda a: [*a.kept_in],
        lambda a: [*a.logged],
        lambda a: [*a.assessments],
        lambda a: [*a.measures],
        lambda a: [*a.reasons],
    )
    if any(reordered(of(both.old), of(both.new)) for of in lists):
        yield both.change("order", "other", "order.activity", lead="title")
