"""Who sees what in the register, as a sentence and as the row of a table."""

from hjemmel.declaration.model import Activity, Declaration, Duty
from hjemmel.declaration.render.language import Language, capital
from hjemmel.declaration.render.naming import named
from hjemmel.declaration.vocabulary import vocabulary


def duty_sentence(words: Language, declaration: Declaration, activity: Activity, duty: Duty) -> str:
    """Return what holders of an office may do, with which data, about whom, where and why."""
    said = [
        words.say(
            "duty.every" if duty.data is None else "duty.some",
            office=_office(words, declaration, duty),
            may=_may(words, duty),
            data=words.all_of(named(words, activity.subset(duty.data), activity)),
            whom=_whom(words, declaration, activity, duty),
        )
    ]
    if _limited(activity, duty):
        said.append(words.say("duty.only_for", purposes=_purposes(words, activity, duty)))
    return " ".join(said)


def duty_cells(
    words: Language, declaration: Declaration, activity: Activity, duty: Duty
) -> tuple[str, str, str, str]:
    """Return the same as cells: who, may do what (and what for), with which data, about whom. The second duty
    of an office is told as one more.
    """
    office = _office(words, declaration, duty)
    if duty.id != next(each.id for each in activity.duties if each.office == duty.office):
        office = words.say("duty.again", office=office)
    data = words.all_of(named(words, activity.subset(duty.data), activity))
    may = _may(words, duty)
    if _limited(activity, duty):
        may = words.say("duty.limited", may=may, purposes=_purposes(words, activity, duty))
    return (
        office,
        may,
        words.say("duty.all") if duty.data is None else data,
        _whom(words, declaration, activity, duty),
    )


def _office(words: Language, declaration: Declaration, duty: Duty) -> str:
    return capital(words.of(declaration.office(duty.office).title))


def _may(words: Language, duty: Duty) -> str:
    return words.all_of([words.say(f"duty.may.{v}") for v in ("read", "change", "export") if v in duty.may])


def _limited(activity: Activity, duty: Duty) -> bool:
    """Return whether a duty serves some of the activity's purposes only."""
    return duty.purposes is not None and not {p.name for p in activity.purposes} <= duty.purposes


def _purposes(words: Language, activity: Activity, duty: Duty) -> str:
    chosen = duty.purposes or frozenset()
    return words.all_of([words.of(p.title) for p in activity.purposes if p.name in chosen])


def _whom(words: Language, declaration: Declaration, activity: Activity, duty: Duty) -> str:
    """Return whose data: which people, at which units, and whether those with special protection too."""
    known = vocabulary()
    about = words.all_of([words.of(known.subjects[name].many) for name in activity.subjects])
    if duty.sees == "ended" and any(known.records[keep.what].ends for keep in activity.keep):
        about = words.say("duty.and_ended", subjects=about)
    said = words.say("duty.whom", subjects=about, where=_where(words, declaration, duty))
    verbs = [v for v in ("shielded", "restricted") if v in duty.may]
    if not verbs:
        return said
    shielded = words.all_of([words.say(f"duty.shielded_who.{verb}") for verb in verbs])
    return words.say("duty.shielded", whom=said, shielded=shielded)


def _where(words: Language, declaration: Declaration, duty: Duty) -> str:
    kinds = [declaration.unit_kind(name) for name in declaration.office(duty.office).at]
    where = words.any_of([words.of(kind.own) for kind in kinds])
    return words.say("duty.unit_only", where=where) if duty.reach == "unit" else where
