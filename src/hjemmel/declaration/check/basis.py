"""Purposes, legal bases and special categories (GDPR art. 5, 6, 9, 13)."""

from collections.abc import Iterable
from typing import Any

from hjemmel.declaration.check.case import Case, file_of
from hjemmel.declaration.check.names import bases
from hjemmel.declaration.findings import WORD
from hjemmel.declaration.model import Activity, Basis, Purpose
from hjemmel.declaration.vocabulary import vocabulary

INTEREST = "6.1.f"


def check(case: Case) -> None:
    """Note purposes without a basis, data without a purpose, art. 9 without its ground, stale assessments."""
    for activity in case.declaration.activities:
        _assessments(case, activity)
        _balanced(case, activity)
        for purpose in activity.purposes:
            _purpose(case, activity, purpose)
        _without_purpose(case, activity)
        _articles(case, activity)
        _special(case, activity)


def _purpose(case: Case, activity: Activity, purpose: Purpose) -> None:
    file, path = file_of(activity.name), f"purposes.{purpose.name}.basis"
    articles = [basis.article for basis in activity.basis]
    for article in purpose.basis:
        if article not in articles:
            shown = {"purpose": purpose.name, "article": article}
            case.add("H040", file, path, item=article, allowed=articles, **shown)
    if purpose.basis and all(article.startswith("9.") for article in purpose.basis):
        case.add("H048", file, path, allowed=_of(articles, "6."), purpose=purpose.name)
    for own in purpose.by_subject:
        where = f"purposes.{purpose.name}.by_subject.{own.subject}"
        for article in own.basis:
            if article not in purpose.basis:
                shown = {"purpose": purpose.name, "subject": own.subject, "article": article}
                case.add("H049", file, where, item=article, allowed=purpose.basis, **shown)
        if all(article.startswith("9.") for article in own.basis):
            case.add("H048", file, where, allowed=_of(purpose.basis, "6."), purpose=purpose.name)


def _without_purpose(case: Case, activity: Activity) -> None:
    served = {name for purpose in activity.purposes for name in activity.subset(purpose.data)}
    for name in activity.names:
        if name not in served:
            case.add("H041", file_of(activity.name), "data", item=name, datum=name, activity=activity.name)


def _articles(case: Case, activity: Activity) -> None:
    file = file_of(activity.name)
    used = {article for purpose in activity.purposes for article in purpose.basis}
    for path, basis in bases(activity):
        if basis.article == "6.1.c" and not basis.statute:
            case.add("H043", file, path, allowed=vocabulary().statutes, article=basis.article)
        if basis.article == INTEREST and not basis.interest:
            case.add("H044", file, path)
    for index, basis in enumerate(activity.basis):
        if basis.article not in used:
            shown = {"article": basis.article, "activity": activity.name}
            case.add("H045", file, f"basis.{index}", **shown)


def _special(case: Case, activity: Activity) -> None:
    """Special data need an article 9 basis; so do ties to an organisation that reveals a special category.

    A basis that the activity has does not help a purpose that does not rest on it.
    """
    bare = [name for name in activity.names if _unfounded(case, name, _nine(activity))]
    for name in bare:
        _without_nine(case, activity, name, "data")
    for purpose in activity.purposes:
        rests = [
            ("basis", purpose.basis),
            *((f"by_subject.{o.subject}", o.basis) for o in purpose.by_subject),
        ]
        for where, articles in rests:
            nine = [basis for basis in _nine(activity) if basis.article in articles]
            used = [name for name in activity.subset(purpose.data) if name not in bare]
            if lacking := [name for name in used if _unfounded(case, name, nine)]:
                _without_nine(case, activity, lacking[0], f"purposes.{purpose.name}.{where}")


def _nine(activity: Activity) -> list[Basis]:
    return [basis for basis in activity.basis if basis.article.startswith("9.")]


def _unfounded(case: Case, name: str, nine: Iterable[Basis]) -> bool:
    datum = vocabulary().data.get(name)
    needs = datum is not None and (datum.special or (datum.ties and bool(case.reveals)))
    return needs and not any(not basis.for_ or name in basis.for_ for basis in nine)


def _without_nine(case: Case, activity: Activity, name: str, path: str) -> None:
    words = vocabulary()
    allowed, file = _of(words.articles, "9."), file_of(activity.name)
    item = name if path == "data" else ""
    if words.data[name].special:
        case.add("H042", file, path, item=item, allowed=allowed, datum=name)
    else:
        case.add("H046", file, path, item=item, allowed=allowed, datum=name, reveals=case.reveals)


def _balanced(case: Case, activity: Activity) -> None:
    """Whoever relies on an interest has weighed it against those of the persons, and can show it (GDPR art. 5
    no. 2, art. 6 no. 1 f).
    """
    path = next((path for path, basis in bases(activity) if basis.article == INTEREST), None)
    if path is not None and all(each.kind != "balancing" for each in activity.assessments):
        case.add("H116", file_of(activity.name), path, activity=activity.title)


def _assessments(case: Case, activity: Activity) -> None:
    for index, assessment in enumerate(activity.assessments):
        due = assessment.review.add_to(assessment.done)
        if due < case.declaration.organisation.changed:
            title = assessment.title or WORD + assessment.kind
            shown: dict[str, Any] = {"title": title, "due": due}
            case.add("H089", file_of(activity.name), f"assessments.{index}.done", **shown)


def _of(articles: Iterable[str], start: str) -> list[str]:
    return [article for article in articles if article.startswith(start)]
