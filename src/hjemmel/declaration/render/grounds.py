"""The legal basis in words, and the provisions it stands in."""

from collections.abc import Iterable, Sequence

from hjemmel.declaration.model import Activity, Basis, Purpose
from hjemmel.declaration.render.blocks import Link, Piece
from hjemmel.declaration.render.language import Language
from hjemmel.declaration.vocabulary import vocabulary

LOVDATA = "https://lovdata.no/"


def purpose_grounds(words: Language, activity: Activity, purpose: Purpose) -> str:
    """Return what a purpose rests on, told apart where some subjects have a basis of their own."""
    data = activity.subset(purpose.data)
    if not purpose.by_subject:
        return _grounds(words, _bases(activity, purpose.basis, data))
    whom: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys((*activity.subjects, *(each.subject for each in purpose.by_subject))):
        many = words.of(vocabulary().subjects[name].many)
        whom.setdefault(purpose.basis_for(name), []).append(many)
    each = [
        words.say(
            "purpose.each",
            grounds=_grounds(words, _bases(activity, basis, data)),
            subjects=words.all_of(many),
        )
        for basis, many in whom.items()
    ]
    return words.apart(each)


def _bases(activity: Activity, articles: tuple[str, ...], data: tuple[str, ...]) -> list[Basis]:
    """Return the bases of these articles that cover some of the data; all of an article that covers none."""
    found = []
    for article in articles:
        those = [basis for basis in activity.basis if basis.article == article]
        found += [basis for basis in those if not basis.for_ or basis.for_ & set(data)] or those
    return found


def _grounds(words: Language, bases: Sequence[Basis]) -> str:
    """Return the grounds in words. Beside another, 9.2.d is left to part one, which explains it once."""
    articles = {basis.article for basis in bases}
    unsaid = {"9.2.d"} | ({"6.1.a"} if "9.2.a" in articles else set())
    said = [basis for basis in bases if basis.article not in unsaid] or bases
    return words.all_of(list(dict.fromkeys(ground(words, basis) for basis in said)))


def ground(words: Language, basis: Basis) -> str:
    """Return one basis in words, with the interest or the statute it rests on."""
    said = term(words, basis.article)
    if basis.interest is not None:
        return words.say("purpose.interest", ground=said, interest=words.of(basis.interest))
    if basis.statute is not None:
        return words.say("purpose.duty", statute=words.of(vocabulary().statutes[basis.statute].title))
    return said


def term(words: Language, article: str) -> str:
    """Return the short words for a basis; part one explains them."""
    terms = words.at("how.grounds.terms")
    return (
        str(terms[article]["name"]) if article in terms else words.of(vocabulary().articles[article].ground)
    )


def cited(words: Language, articles: Iterable[str]) -> str:
    """Return articles as they are cited, letters of the same paragraph together."""
    letters: dict[tuple[str, str], list[str]] = {}
    for article in sorted(set(articles)):
        chapter, number, letter = article.split(".")
        letters.setdefault((chapter, number), []).append(words.say("law.letter", letter=letter))
    return words.all_of(
        [
            words.say("law.letters", article=chapter, number=number, letters=words.all_of(found))
            for (chapter, number), found in letters.items()
        ]
    )


def law(words: Language, activity: Activity) -> tuple[Piece, ...]:
    """Return the provisions an activity rests on: those of the GDPR, then statutes as links to them."""
    bases = [*activity.basis, *(disclosure.basis for disclosure in activity.recipients)]
    said: list[Piece] = [words.say("law.regulation", articles=cited(words, (b.article for b in bases)))]
    for name in dict.fromkeys(basis.statute for basis in bases if basis.statute):
        statute = vocabulary().statutes[name]
        said += ["; ", Link(words.of(statute.title), LOVDATA + statute.eli)]
    return (words.say("what.law"), *said, ".")
