"""Reading one file under activities/: a processing activity."""

from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import (
    Activity,
    Assessment,
    Basis,
    DataUse,
    Disclosure,
    Duty,
    Keep,
    KeptIn,
    Purpose,
    Reason,
    SubjectBasis,
)
from hjemmel.declaration.period import Period
from hjemmel.declaration.read.fields import Fields, expect, word, words
from hjemmel.declaration.text import Node


def activity(node: Node, report: Report) -> Activity:
    """Read an activity file. An activity that is not planned must also say sources and keep."""
    fields = Fields(node, report, "activity")
    name = fields.name("activity")
    items = list(fields.each("data"))
    data = tuple(_data_use(item, report) for item in items)
    declared = tuple(use.datum for use in data)
    for use, item in zip(data, items, strict=True):
        if declared.count(use.datum) > 1 and use is not data[declared.index(use.datum)]:
            report.add("H013", item.place, value=use.datum)
    bases = list(fields.each("basis"))
    basis = tuple(_basis(item, declared, report) for item in bases)
    for number, item in enumerate(bases):
        if basis[number].article and basis[number] in basis[:number]:
            report.add("H013", item.place, value=basis[number].article)
    return Activity(
        name=name,
        title=fields.text("title"),
        controllers=fields.words("controllers"),
        subjects=fields.words("subjects"),
        purposes=tuple(_purpose(key, value, declared, report) for key, value in fields.entries("purposes")),
        data=data,
        basis=basis,
        sources=fields.words("sources"),
        recipients=_recipients(fields, name, declared),
        duties=_duties(fields, name, declared),
        keep=_keep_rules(fields, name, declared),
        kept_in=tuple(_kept_in(item, report) for item in fields.each("kept_in")),
        logged=fields.words("logged"),
        notes=fields.text_or_none("notes"),
        planned=fields.truth("planned"),
        assessments=tuple(_assessment(item, report) for item in fields.each("assessments")),
        measures=fields.words("measures"),
        reasons=tuple(_reason(item, report) for item in fields.each("reasons")),
    )


def _subset(fields: Fields, key: str, declared: tuple[str, ...]) -> frozenset[str] | None:
    """Read a subset of the activity's data, in which `group.*` stands for all it declares of the group."""
    named = fields.subset(key)
    if named is None:
        return None
    found: set[str] = set()
    for entry in named:
        group = {name for name in declared if name.startswith(entry[:-1])} if entry.endswith(".*") else set()
        found |= group or {entry}
    return frozenset(found)


def _data_use(node: Node, report: Report) -> DataUse:
    if node.kind == "text":
        return DataUse(word(node, report))
    if not expect(node, "mapping", report) or not isinstance(node.value, dict):
        return DataUse("")
    if len(node.value) != 1:
        report.add("H018", node.place, names=", ".join(node.value) or "–")
        return DataUse("")
    ((datum, conditions),) = node.value.items()
    fields = Fields(conditions, report, "condition")
    return DataUse(datum, fields.word("only_when") or None)


def _purpose(name: str, node: Node, declared: tuple[str, ...], report: Report) -> Purpose:
    fields = Fields(node, report, "purpose")
    return Purpose(
        name=name,
        title=fields.text("title"),
        basis=fields.words("basis"),
        data=_subset(fields, "data", declared),
        channels=fields.words("channels"),
        by_subject=tuple(
            SubjectBasis(key, words(value, report)) for key, value in fields.entries("by_subject")
        ),
    )


def _basis(node: Node, declared: tuple[str, ...], report: Report) -> Basis:
    fields = Fields(node, report, "basis")
    return Basis(
        article=fields.word("article"),
        statute=fields.word("statute") or None,
        for_=_subset(fields, "for", declared) or frozenset(),
        interest=fields.text_or_none("interest"),
    )


def _recipients(fields: Fields, activity_name: str, declared: tuple[str, ...]) -> tuple[Disclosure, ...]:
    found: list[Disclosure] = []
    taken: list[str] = []
    for node in fields.each("recipients"):
        entry = Fields(node, fields.report, "disclosure")
        to = entry.name("to")
        taken.append(to)
        basis_node = entry.node("basis")
        found.append(
            Disclosure(
                id=_numbered(f"{activity_name}/recipient/{to}", taken.count(to)),
                to=to,
                data=_subset(entry, "data", declared),
                when=entry.word("when"),
                basis=_basis(basis_node, declared, fields.report) if basis_node else Basis(""),
            )
        )
    return tuple(found)


def _duties(fields: Fields, activity_name: str, declared: tuple[str, ...]) -> tuple[Duty, ...]:
    found: list[Duty] = []
    for office, node in fields.entries("duties"):
        several = node.value if isinstance(node.value, list) else [node]
        for number, item in enumerate(several, start=1):
            duty_id = _numbered(f"{activity_name}/duty/{office}", number)
            found.append(_duty(duty_id, office, declared, item, fields.report))
    return tuple(found)


def _duty(duty_id: str, office: str, declared: tuple[str, ...], node: Node, report: Report) -> Duty:
    fields = Fields(node, report, "duty")
    return Duty(
        id=duty_id,
        office=office,
        activity=duty_id.partition("/")[0],
        may=frozenset(fields.words("may")),
        sees=fields.choice("sees", "current"),
        data=_subset(fields, "data", declared),
        purposes=fields.subset("purposes"),
        reach=fields.choice("reach", "below"),
    )


def _keep_rules(fields: Fields, activity_name: str, declared: tuple[str, ...]) -> tuple[Keep, ...]:
    return tuple(
        _keep(f"{activity_name}/keep/{number}", declared, node, fields.report)
        for number, node in enumerate(fields.each("keep"), start=1)
    )


def _keep(rule_id: str, declared: tuple[str, ...], node: Node, report: Report) -> Keep:
    fields = Fields(node, report, "keep")
    return Keep(
        id=rule_id,
        what=fields.name("what"),
        then=fields.read("then", _then, "delete"),
        data=_subset(fields, "data", declared),
        period=fields.period("for"),
        after=fields.word("after") or None,
        count_from=fields.choice("count_from", "date"),
        when=fields.word("when") or None,
        review=fields.review(),
        because=fields.text_or_none("because"),
        at_request=fields.choice("at_request", "") or None,
    )


def _then(node: Node, report: Report) -> str:
    """Read what happens afterwards: delete, anonymise, or `{archive: activity}` as `archive:activity`."""
    if node.kind == "mapping":
        return "archive:" + Fields(node, report, "archive").name("archive")
    said = word(node, report)
    if said not in {"delete", "anonymise"}:
        report.add("H006", node.place, ("delete", "anonymise", "{archive: …}"), value=said)
    return said


def _kept_in(node: Node, report: Report) -> KeptIn:
    fields = Fields(node, report, "kept_in")
    return KeptIn(fields.text("outside"), fields.review() or Period())


def _assessment(node: Node, report: Report) -> Assessment:
    fields = Fields(node, report, "assessment")
    return Assessment(
        kind=fields.choice("kind", "risk"),
        title=fields.text_or_none("title"),
        done=fields.day("done"),
        review=fields.review() or Period(),
    )


def _reason(node: Node, report: Report) -> Reason:
    fields = Fields(node, report, "reason")
    return Reason(fields.word("finding"), fields.word("by"), fields.day("on"), fields.text("because"))


def _numbered(rule_id: str, number: int) -> str:
    return rule_id if number == 1 else f"{rule_id}/{number}"
