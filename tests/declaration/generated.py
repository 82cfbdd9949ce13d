"""Declarations drawn at random that pass the check: for what must hold of any declaration."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from hjemmel.declaration import (
    Activity,
    Agreement,
    Assessment,
    Basis,
    Contact,
    Controller,
    Cookie,
    DataUse,
    Declaration,
    Disclosure,
    Duty,
    Keep,
    KeptIn,
    Measure,
    Office,
    Organisation,
    Paragraph,
    Period,
    Purpose,
    Reason,
    Recipient,
    SubjectBasis,
    Text,
    UnitKind,
    vocabulary,
)
from hjemmel.declaration.law import figures
from hjemmel.declaration.model import (
    ASSESSMENT_KINDS,
    AT_REQUEST,
    BACKUP_KEYS,
    BACKUPS,
    COOKIE_KINDS,
    MONTH,
    PLACES,
    Mail,
)
from hjemmel.declaration.read import digest

WORDS = vocabulary()
NUMBERS = ("313847217", "315994306")
AGES = tuple(figure.name for figure in figures().values() if figure.unit == "years")
OFFICES = ("leader", "clerk", "treasurer")
MEASURES = ("sealing", "copies")
RECIPIENTS = ("printer", "authority")

words = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n"), min_size=1, max_size=20
)
words = words.map(str.strip).filter(bool) | st.sampled_from(["no", "null", "2026-01-01", "6.1", "- a: b #"])
texts = st.builds(Text, words, words | st.just(""), words | st.just(""))
mails = st.from_regex(r"[a-z0-9æ.!#%&*+]{1,8}@[a-zæ-]{1,8}\.(no|org)", fullmatch=True)
webs = st.sampled_from(
    ["https://example.org", "https://example.org/privacy?a=1&b='2'#c", "http://www.bø.no/"]
)
periods = st.builds(Period, st.integers(0, 30), st.integers(0, 30), st.integers(0, 400))
reviews = periods.filter(bool)


def subset_of(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Return some of the names, at least one."""
    return st.frozensets(st.sampled_from(names), min_size=1)


dates = st.dates(date(2020, 1, 1), date(2026, 11, 1))
agreements = st.builds(Agreement, texts, st.dates(), reviews)
commissions = st.just((None, None)) | st.tuples(agreements, st.sampled_from(["return", "delete"]))
cookies = st.builds(
    Cookie,
    st.sampled_from(["remembers", "counts"]),
    texts,
    texts,
    st.sampled_from(COOKIE_KINDS),
    st.none() | periods,
    st.none() | st.just("printer"),
    st.just(True),
)
reasons = st.builds(Reason, st.just("H101"), st.sampled_from(OFFICES), dates, texts)
assessments = st.builds(Assessment, st.sampled_from(ASSESSMENT_KINDS), st.none() | texts, dates, reviews)


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    controllers = [
        Controller("main", draw(words), NUMBERS[0], draw(words)),
        Controller("other", draw(words), NUMBERS[1], draw(words), *draw(commissions)),
    ]
    optional = words | st.just("")
    return Organisation(
        name="drawn",
        title=draw(texts),
        about=draw(texts),
        controllers=tuple(controllers[: draw(st.integers(1, 2))]),
        answers=draw(st.sampled_from(OFFICES)),
        daily=draw(st.sampled_from(OFFICES)),
        requests=draw(st.sampled_from(OFFICES)),
        contact=Contact(draw(mails), draw(optional), draw(optional), draw(webs | st.just(""))),
        languages=("nb",),
        mail=Mail(draw(mails | mails.map("Vi <{}>".format)), draw(mails)),
        changed=draw(st.dates()),
        reveals=tuple(sorted(draw(st.sets(st.sampled_from(sorted(WORDS.special)))))),
        arrangement=draw(st.none() | texts),
        answer_within=draw(st.sampled_from([MONTH, Period(days=30), Period(days=7)])),
        undo=draw(st.sampled_from([None, Period(days=30), Period(days=7)])),
        backups=draw(st.sampled_from([BACKUPS, Period(days=90)])),
        backup_keys=draw(st.sampled_from([BACKUP_KEYS, Period(days=3)])),
        measures=tuple(Measure(name, draw(texts), draw(dates)) for name in MEASURES),
        cookies=tuple(draw(st.lists(cookies, max_size=2, unique_by=lambda cookie: cookie.name))),
        automatic=draw(st.none() | texts),
        children=draw(st.sampled_from([(), AGES])),
        paragraphs=tuple(Paragraph(place, draw(texts)) for place in PLACES if draw(st.booleans())),
    )


@st.composite
def activities(draw: st.DrawFn, name: str) -> Activity:
    data = draw(st.lists(st.sampled_from(sorted(WORDS.data)), min_size=1, max_size=8, unique=True))
    names = tuple(data)
    some = st.none() | subset_of(names)
    conditions = st.none() | st.sampled_from(sorted(WORDS.conditions))
    article = st.sampled_from(["6.1.a", "6.1.b", "6.1.f"])
    bases = [Basis("6.1.b"), Basis("9.2.d"), Basis("6.1.f", None, draw(subset_of(names)), draw(texts))]
    purposes = [
        Purpose("first", draw(texts), ("6.1.b", "6.1.f", "9.2.d"), None, ()),
        Purpose(
            "second",
            draw(texts),
            ("6.1.b", "6.1.f", "9.2.d"),
            draw(some),
            draw(st.sampled_from([(), ("email", "post")])),
            draw(st.sampled_from([(), (SubjectBasis("member", ("6.1.f", "9.2.d")),)])),
        ),
    ]
    disclosures = [
        Disclosure(
            f"{name}/recipient/{to}",
            to,
            draw(some),
            draw(st.sampled_from(sorted(WORDS.occasions))),
            Basis(draw(article), None, frozenset(), draw(texts)),
        )
        for to in draw(st.sets(st.sampled_from(RECIPIENTS)))
    ]
    kept = draw(keep_rules(name, names))
    whose = [WORDS.records[keep.what].of for keep in kept]
    subjects = (draw(st.sampled_from(sorted(WORDS.subjects))), *(of[0] for of in whose if of))
    return Activity(
        name=name,
        title=draw(texts),
        controllers=("main",),
        subjects=tuple(dict.fromkeys(subjects)),
        purposes=tuple(purposes[: draw(st.integers(1, 2))]),
        data=tuple(DataUse(datum, draw(conditions)) for datum in names),
        basis=tuple(bases),
        sources=(draw(st.sampled_from(sorted(WORDS.sources))),),
        recipients=tuple(disclosures),
        duties=tuple(draw(duties(name, names))),
        keep=tuple(kept),
        kept_in=tuple(draw(st.lists(st.builds(KeptIn, texts, reviews), max_size=1))),
        logged=names[: draw(st.integers(0, len(names)))],
        notes=draw(st.none() | texts),
        planned=draw(st.booleans()),
        assessments=tuple(draw(st.lists(assessments, max_size=2))),
        measures=draw(st.sampled_from([(), MEASURES[:1], MEASURES])),
        reasons=tuple(draw(st.lists(reasons, max_size=1))),
    )


@st.composite
def duties(draw: st.DrawFn, activity: str, names: tuple[str, ...]) -> list[Duty]:
    offices = draw(st.lists(st.sampled_from(OFFICES), unique=True))
    ids = [(office, end) for office in offices for end in ("", "/2")[: draw(st.integers(1, 2))]]
    return [
        Duty(
            f"{activity}/duty/{office}{end}",
            office,
            activity,
            draw(st.frozensets(st.sampled_from(["change", "export", "shielded"]))) | {"read"},
            draw(st.sampled_from(["current", "ended"])),
            draw(st.none() | subset_of(names)),
            draw(st.none() | st.just(frozenset({"first"}))),
            draw(st.sampled_from(["below", "unit"])),
        )
        for office, end in ids
    ]


@st.composite
def keep_rules(draw: st.DrawFn, activity: str, names: tuple[str, ...]) -> list[Keep]:
    found = [Keep(f"{activity}/keep/1", "contact", "delete", review=draw(reviews))]
    for number in range(2, draw(st.integers(2, 4))):
        record = WORDS.records[draw(st.sampled_from(sorted(WORDS.records)))]
        found.append(
            Keep(
                f"{activity}/keep/{number}",
                record.name,
                draw(st.sampled_from(["delete", "anonymise", "archive:attic"])),
                draw(st.none() | subset_of(names)),
                draw(periods),
                draw(st.sampled_from(sorted(record.events))),
                draw(st.sampled_from(["date", "year_end"])),
                draw(st.none() | st.sampled_from(sorted(WORDS.conditions))),
                draw(st.none() | reviews),
                draw(st.none() | texts),
                draw(st.none() | st.sampled_from(AT_REQUEST)),
            )
        )
    return found


def attic(names: tuple[str, ...]) -> Activity:
    """Return the archive that the others move data to."""
    interest = Text("historie", "historie", "history")
    return Activity(
        name="attic",
        title=Text("Loftet", "Loftet", "The attic"),
        controllers=("main",),
        subjects=("contact",),
        purposes=(Purpose("history", Text("minnes", "minnast", "remember"), ("6.1.f", "9.2.d")),),
        data=tuple(DataUse(name) for name in names),
        basis=(Basis("6.1.f", interest=interest), Basis("9.2.d")),
        sources=("register",),
        keep=(Keep("attic/keep/1", "contact", "delete", review=Period(years=1)),),
    )


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    """Draw a declaration that passes the check, warnings aside."""
    drawn = [draw(activities(name)) for name in ("club", "choir")[: draw(st.integers(1, 2))]]
    moved = {name for one in drawn for keep in one.keep if ":" in keep.then for name in one.names}
    found = Declaration(
        organisation=draw(organisations()),
        unit_kinds=(
            UnitKind("central", draw(texts), draw(texts)),
            UnitKind("chapter", draw(texts), draw(texts), ("central",)),
        ),
        offices=tuple(Office(name, draw(texts), ("central",), draw(st.booleans())) for name in OFFICES),
        recipients=(
            Recipient(
                "printer",
                "processor",
                draw(texts),
                draw(texts),
                "NO",
                draw(agreements),
                serves_all=True,
                audit=draw(st.none() | reviews),
                audited=draw(st.none() | dates),
                delete_within=draw(st.none() | periods),
            ),
            Recipient(
                "authority",
                draw(st.sampled_from(["recipient", "controller"])),
                draw(texts),
                draw(texts),
                "US",
                None,
                "skatteloven.6-50",
                "SCC",
                statement="https://authority.example.org/privacy",
            ),
        ),
        activities=(*drawn, *([attic(tuple(sorted(moved)))] if moved else [])),
    )
    return replace(found, digest=digest(found))
