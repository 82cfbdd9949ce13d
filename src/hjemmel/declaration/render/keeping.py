"""Sentences about how long data are kept."""

from hjemmel.declaration.model import Activity, Declaration, Keep
from hjemmel.declaration.render.language import Language, capital, language
from hjemmel.declaration.render.naming import object_of
from hjemmel.declaration.render.suiting import suited
from hjemmel.declaration.vocabulary import vocabulary


def keep_sentence(declaration: Declaration, keep: Keep, lang: str = "nb") -> str:
    """Return a keep rule in words: what goes, when, why, whether sooner, and who looks it over.

    Data that another rule of the same record holds longer are left to that rule's sentence.
    """
    words = suited(language(lang), declaration)
    activity = declaration.activity(keep.id.partition("/")[0])
    sentences = [_main(words, declaration, activity, keep)]
    if keep.because is not None:
        sentences.append(words.say("keep.because", because=words.of(keep.because)))
    if keep.at_request is not None:
        sentences.append(words.say(f"keep.at_request.{keep.at_request}"))
    if keep.review is not None:
        path = "keep.review" if keep.period is None else "keep.review_open"
        sentences.append(words.say(path, often=capital(words.often(keep.review))))
    return " ".join(sentences)


def going(activity: Activity, keep: Keep) -> tuple[str, ...]:
    """Return the data that go when this rule's time is up: those no longer rule of the record holds on."""
    held = activity.subset(keep.data)
    staying = {
        name
        for other in activity.keep
        if other.what == keep.what and other.when in {None, keep.when} and _longer(other, keep)
        for name in activity.subset(other.data)
    }
    return tuple(name for name in held if name not in staying) or held


def _longer(other: Keep, keep: Keep) -> bool:
    if other.id == keep.id or keep.period is None:
        return False
    if other.period is None:
        return True
    return other.after == keep.after and _length(other) > _length(keep)


def _length(keep: Keep) -> tuple[int, int]:
    period = keep.period
    return (period.years * 12 + period.months, period.days) if period else (0, 0)


def _main(words: Language, declaration: Declaration, activity: Activity, keep: Keep) -> str:
    known = vocabulary()
    values = {
        "event": words.of(known.events[keep.after]) if keep.after else "",
        "condition": words.of(known.conditions[keep.when].text) if keep.when else "",
        "where": _where(words, declaration, keep),
        **_what(words, activity, keep),
    }
    if keep.period is None:
        return words.say(_open(keep), **values)
    period = words.period(keep.period)
    return words.say(
        _path(keep),
        period=period if keep.when else capital(period),
        does=words.say(f"keep.does.{keep.then.partition(':')[0]}"),
        **values,
    )


def _where(words: Language, declaration: Declaration, keep: Keep) -> str:
    """Return where data are moved to, if they are."""
    archive = keep.then.removeprefix("archive:")
    if archive == keep.then:
        return ""
    return words.say("keep.archive", archive=words.of(declaration.activity(archive).title))


def _what(words: Language, activity: Activity, keep: Keep) -> dict[str, str]:
    """Return what goes, as the object of the sentence, and the list at its end where that is long."""
    gone = going(activity, keep)
    if gone == activity.names:
        return {"what": words.say("keep.every"), "list": ""}
    what, many = object_of(words, gone, activity)
    if what:
        return {"what": what, "list": ""}
    return {"what": words.say("keep.some"), "list": words.say("keep.list", data=many)}


def _open(keep: Keep) -> str:
    """Return the sentence of a rule without an end."""
    if not keep.after:
        return "keep.no_end_alone"
    return "keep.no_end_if" if keep.when else "keep.no_end"


def _path(keep: Keep) -> str:
    if not keep.period and keep.count_from == "date":
        path = "keep.at_once"
    elif keep.count_from == "year_end":
        path = "keep.year_end"
    else:
        path = "keep.later"
    return f"{path}_if" if keep.when else path
