"""The statement and what is enforced, both ways.

Every sentence that tells a rule holds what the rule says, field by field, and names no datum that the rule
does not; every rule has its sentence. What a rule must say is worked out here from the rule's own fields and
the words of the vocabulary.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from hjemmel.declaration import (
    Declaration,
    Period,
    Rule,
    load,
    load_texts,
    presets,
    rules,
    sentences,
    statement,
)
from hjemmel.declaration import vocabulary as words_of
from hjemmel.declaration.model import LANGUAGES, Activity, Text
from hjemmel.declaration.render.language import language
from hjemmel.declaration.render.naming import group_of, grouped, groups
from tests.declaration.sampling import SAMPLES, sample

KNOWN = words_of()
SMALL = ("as-it-is", "activity-in-full", "several-duties", "health-with-consent", "year-end")
EVERY = [*presets(), *SMALL]


@cache
def declared(name: str) -> Declaration:
    if name in presets():
        return load(name)
    return load_texts(sample(SAMPLES / "passing" / f"{name}.yaml").texts)


@cache
def printed(name: str, lang: str) -> ET.Element:
    return ET.fromstring(statement(declared(name), lang))


def text_of(element: ET.Element) -> str:
    """Return what an element says: its texts in order, those of rows and entries apart."""
    return re.sub(r"\s+", " ", " ".join(part.strip() for part in element.itertext() if part.strip()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_every_rule_is_told_and_nothing_else(name: str, lang: str) -> None:
    told = [e.get("data-rule") for e in printed(name, lang).iter() if e.get("data-rule")]
    assert told == [rule.id for rule in rules(declared(name)) if rule.id in told]
    assert sorted(told) == sorted(rule.id for rule in rules(declared(name)))
    assert sentences(declared(name), lang).keys() == set(told)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_what_is_told_is_what_the_rule_says(name: str, lang: str) -> None:
    declaration = declared(name)
    told = {e.get("data-rule"): text_of(e) for e in printed(name, lang).iter() if e.get("data-rule")}
    alone = sentences(declaration, lang)
    for rule in rules(declaration):
        for text in (told[rule.id], alone[rule.id]):
            check = Check(declaration, rule, lang, text)
            getattr(check, rule.kind)()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_every_provision_is_cited_at_its_activity(name: str, lang: str) -> None:
    sections = {e.get("id"): e for e in printed(name, lang).iter("section")}
    for activity in declared(name).active:
        law = next(p for p in sections[activity.name].iter("p") if p.get("class") == "statement-law")
        cited = articles(text_of(law))
        bases = [*activity.basis, *(disclosure.basis for disclosure in activity.recipients)]
        assert cited == {basis.article for basis in bases}
        statutes = {KNOWN.statutes[basis.statute].title.of(lang) for basis in bases if basis.statute}
        assert {link.text for link in law.iter("a")} == statutes


OTHERWISE = {
    "period": ("membership/keep/2", {"period": "P3Y"}),
    "event": ("membership/keep/2", {"event": "membership.joined"}),
    "count": ("membership/keep/2", {"count_from": "year_end"}),
    "review": ("membership/keep/1", {"review": "P1Y"}),
    "then": ("membership/keep/2", {"then": "anonymise"}),
    "fewer data": ("membership/duty/region_leader", {"data": ("person.name", "person.email")}),
    "more data": ("membership/recipient/grant_authority", {"data": ("person.name", "person.national_id")}),
    "may": ("membership/duty/region_leader", {"may": ("change", "read")}),
    "sees": ("membership/duty/region_leader", {"sees": "ended"}),
    "reach": ("membership/duty/region_leader", {"reach": "unit"}),
    "office": ("membership/duty/region_leader", {"office": "chapter_leader"}),
    "occasion": ("membership/recipient/grant_authority", {"when": "yearly"}),
    "basis": ("membership/purpose/grants", {"basis": ("6.1.b",)}),
    "logged": ("change_log/logged", {"data": ("person.name",)}),
    "held": ("membership/data", {"data": ("person.name", "person.birth_place")}),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("rule", "changed"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_statement_that_says_otherwise_than_the_rule_is_found(
    rule: str, changed: dict[str, str | tuple[str, ...]], lang: str
) -> None:
    declaration = declared("mission")
    enforced = {each.id: each for each in rules(declaration)}[rule]
    other = replace(enforced, fields={**enforced.fields, **changed})
    check = Check(declaration, other, lang, sentences(declaration, lang)[rule])
    with pytest.raises((AssertionError, StopIteration)):
        getattr(check, other.kind)()


def articles(text: str) -> set[str]:
    """Read citations such as "artikkel 6 nr. 1 bokstav b og f" and "Article 6(1)(b) and (f)"."""
    found = set()
    nordic = re.finditer(r"artikkel (\d+) nr\. (\d+) bokstav ((?:\w(?:, | og )?(?!rtikkel))+)", text)
    english = re.finditer(r"Article (\d+)\((\d+)\)((?:\(\w\)(?:, | and )?)+)", text)
    for match in (*nordic, *english):
        article, number, letters = match.groups()
        found |= {f"{article}.{number}.{letter}" for letter in re.findall(r"\b\w\b", letters)}
    return found


class Check:
    """One rule and the words that tell it. Each phrase the rule calls for is asserted and taken out; no other
    datum may then be left in what remains.
    """

    def __init__(self, declaration: Declaration, rule: Rule, lang: str, text: str) -> None:
        self.declaration, self.rule, self.lang = declaration, rule, lang
        self.words = language(lang)
        self.fields = rule.fields
        self.text = self.rest = text
        name = self.fields.get("activity")
        self.activity: Activity | None = declaration.activity(str(name)) if name else None

    def data(self) -> None:
        for subject in self.mine.subjects:
            self.says(KNOWN.subjects[subject].many)
        for told in self.many("only_when"):
            self.says(KNOWN.conditions[told.partition(": ")[2]].text)
        self.names(self.many("data"), whole=False)

    def purpose(self) -> None:
        purpose = self.mine.purpose(str(self.fields["purpose"]))
        self.says(purpose.title)
        for channel in self.many("channels"):
            self.says(KNOWN.channels[channel])
        sets = {"": self.many("basis")}
        for own in self.many("by_subject"):
            subject, _, basis = own.partition(": ")
            self.says(KNOWN.subjects[subject].many)
            sets[subject] = tuple(basis.split(", "))
        for basis in sets.values() if set(self.mine.subjects) - sets.keys() else list(sets.values())[1:]:
            self.rests_on(basis)
        self.names_or_all(self.many("data"))

    def rests_on(self, basis: Iterable[str]) -> None:
        """The grounds in words. 9.2.d is explained in part one, and 9.2.a says 6.1.a too."""
        unsaid = {"9.2.d"} | ({"6.1.a"} if "9.2.a" in basis else set())
        terms = self.words.at("how.grounds.terms")
        data = set(self.many("data"))
        for article in set(basis) - unsaid:
            bases = [b for b in self.mine.basis if b.article == article]
            for each in [b for b in bases if not b.for_ or b.for_ & data] or bases:
                if each.statute and not each.interest:
                    self.says(KNOWN.statutes[each.statute].title)
                else:
                    self.holds(terms[article]["name"])
                if each.interest:
                    self.says(each.interest)

    def logged(self) -> None:
        self.names(self.many("data"), whole=False)

    def duty(self) -> None:
        office = self.declaration.office(str(self.fields["office"]))
        self.says(office.title)
        may = set(self.many("may"))
        for verb in ("read", "change", "export"):
            self.when(verb in may, self.words.at(f"duty.may.{verb}"))
        for kind in office.at:
            self.says(self.declaration.unit_kind(kind).own)
        for verb in ("shielded", "restricted"):
            self.when(verb in may, self.words.at(f"duty.shielded_who.{verb}"))
        self.when(self.fields["reach"] == "unit", self.words.at("duty.unit_only").partition("}")[2])
        ends = any(KNOWN.records[keep.what].ends for keep in self.mine.keep)
        former = self.words.at("duty.and_ended").partition("{")[0].strip()
        self.when(self.fields["sees"] == "ended" and ends, former)
        purposes = self.many("purposes")
        for purpose in self.mine.purposes:
            if len(purposes) < len(self.mine.purposes) and purpose.name in purposes:
                self.says(purpose.title)
            self.rest = self.rest.replace(purpose.title.of(self.lang), "")
        for subject in self.mine.subjects:
            self.says(KNOWN.subjects[subject].many)
        self.names_or_all(self.many("data"))

    def recipient(self) -> None:
        recipient = self.declaration.recipient(str(self.fields["to"]))
        self.says(recipient.title)
        self.says(recipient.does)
        self.says(KNOWN.occasions[str(self.fields["when"])])
        disclosure = next(each for each in self.mine.recipients if each.id == self.rule.id)
        if disclosure.basis.interest:
            self.says(disclosure.basis.interest)
        if self.fields["statute"]:
            self.says(KNOWN.statutes[str(self.fields["statute"])].title)
        else:
            self.holds(self.words.at("how.grounds.terms")[str(self.fields["article"])]["name"])
        if "delete_within" in self.fields:
            self.holds(self.words.period(Period.parse(str(self.fields["delete_within"]))))
        self.names_or_all(self.many("data"))

    def keep(self) -> None:
        keep = next(each for each in self.mine.keep if each.id == self.rule.id)
        if self.fields["event"]:
            self.says(self.event(str(self.fields["event"])))
        if self.fields["condition"]:
            self.says(KNOWN.conditions[str(self.fields["condition"])].text)
        if keep.because:
            self.says(keep.because)
        if self.fields["review"]:
            self.holds(self.words.often(Period.parse(str(self.fields["review"]))))
        if "at_request" in self.fields:
            self.holds(self.words.at(f"keep.at_request.{self.fields['at_request']}"))
        if self.fields["period"]:
            self.ends(Period.parse(str(self.fields["period"])), str(self.fields["then"]))
        self.names_or_all(self.goes(keep.what, keep.id))

    def ends(self, period: Period, then: str) -> None:
        if period:
            self.holds(self.words.period(period))
        self.holds(self.words.at("keep.does")[then.partition(":")[0]])
        if then.startswith("archive:"):
            self.says(self.declaration.activity(then.partition(":")[2]).title)
        year_end = {"nb": "utgangen av det året", "nn": "utgangen av det året", "en": "end of the year"}
        self.when(self.fields["count_from"] == "year_end", year_end[self.lang])

    def goes(self, record: str, rule: str) -> tuple[str, ...]:
        """The data of a keep rule less those that a longer rule of the same record holds on."""
        mine = {r.id: r.fields for r in rules(self.declaration) if r.kind == "keep"}
        staying: set[str] = set()
        for other, fields in mine.items():
            same = fields["activity"] == self.fields["activity"] and fields["record"] == record
            if (
                same
                and other != rule
                and self.fields["period"]
                and fields["condition"] in {None, self.fields["condition"]}
            ):
                longer = not fields["period"] or (
                    fields["event"] == self.fields["event"]
                    and days(str(fields["period"])) > days(str(self.fields["period"]))
                )
                staying |= set(fields["data"]) if longer and isinstance(fields["data"], tuple) else set()
        data = self.many("data")
        return tuple(name for name in data if name not in staying) or data

    def undo(self) -> None:
        self.holds(self.words.period(Period.parse(str(self.fields["period"]))))

    def public(self) -> None:
        title = self.declaration.office(str(self.fields["office"])).title.of(self.lang)
        self.holds(title[1:])

    def event(self, name: str) -> Text:
        """An event in the words of those it happens to: everybody's, or those of staff where it is theirs."""
        having = [a for a in self.declaration.activities if any(keep.after == name for keep in a.keep)]
        whose = {subject for activity in having for subject in activity.subjects}
        words = {e: text for v in KNOWN.variants if whose <= v.subjects for e, text in v.events.items()}
        return words.get(name, KNOWN.events[name])

    @property
    def mine(self) -> Activity:
        assert self.activity is not None
        return self.activity

    def many(self, field: str) -> tuple[str, ...]:
        value = self.fields.get(field) or ()
        return value if isinstance(value, tuple) else ()

    def says(self, text) -> None:
        self.holds(text.of(self.lang))

    def holds(self, phrase: str) -> None:
        assert phrase[1:] in self.text, f"{self.rule.id}: {phrase!r} is not in {self.text!r}"
        self.rest = re.sub(re.escape(phrase), "", self.rest, flags=re.IGNORECASE)

    def when(self, so: bool, phrase: str) -> None:  # noqa: FBT001
        """The phrase stands there when it is so, and not otherwise."""
        there = re.search(rf"(?<!\w){re.escape(phrase.strip(' ,'))}(?!\w)", self.text) is not None
        assert there == so, f"{self.rule.id}: {phrase!r} in {self.text!r}"

    def names_or_all(self, data: tuple[str, ...]) -> None:
        """All of the activity's data are told as all; fewer by name or by group."""
        if set(data) == set(self.mine.names):
            alls = {"nb": "alle", "nn": "alle", "en": "all"}
            more = {"nb": "opplysningene", "nn": "opplysningane", "en": "the data"}
            found = re.search(rf"\b({alls[self.lang]}|{more[self.lang]})\b", self.text)
            named = all(self.named(datum) for datum in data)
            assert found or named, f"{self.rule.id}: {self.text!r}"
        else:
            self.names(data, whole=True)

    def names(self, data: tuple[str, ...], *, whole: bool) -> None:
        """Each of the data is named, and no other datum is."""
        said: list[str] = []
        for datum in data:
            forms = self.named(datum)
            if whole and self.activity and not forms:
                group = groups()[group_of(datum)].whole
                together = grouped(self.mine.names)[group_of(datum)]
                assert group, f"{self.rule.id}: {datum} is not in {self.text!r}"
                assert set(together) <= set(data)
                assert not any(KNOWN.data[name].special for name in together)
                forms = [text.of(self.lang) for text in group if text.of(self.lang) in self.text]
            assert forms, f"{self.rule.id}: {datum} is not in {self.text!r}"
            said += forms
        for phrase in sorted(said, key=len, reverse=True):
            self.rest = self.rest.replace(phrase, " ")
        assert list(self.others(data)) == [], f"{self.rule.id}: {self.rest!r}"

    def named(self, datum: str) -> list[str]:
        others = [text for variant in KNOWN.variants for text in variant.data.get(datum, ())]
        texts = (KNOWN.data[datum].one, KNOWN.data[datum].the, *others)
        return [
            form
            for form in (text.of(self.lang) for text in texts)
            if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", self.text)
        ]

    def others(self, data: tuple[str, ...]) -> Iterator[str]:
        """Data that what is left of the text names, and headings of groups aside."""
        rest = self.rest
        for group in groups().values():
            rest = rest.replace(f"{group.title.of(self.lang)}:", " ")
        for title in (title for variant in KNOWN.variants for title in variant.groups.values()):
            rest = rest.replace(f"{title.of(self.lang)}:", " ")
        for name, datum in KNOWN.data.items():
            for form in {datum.one.of(self.lang), datum.the.of(self.lang)}:
                if name not in data and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", rest):
                    yield name


def days(period: str) -> tuple[int, int]:
    length = Period.parse(period)
    return (length.years * 12 + length.months, length.days)
