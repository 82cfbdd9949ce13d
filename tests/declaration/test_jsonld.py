"""The record as JSON-LD: a processor reads it, and each term is one of the vocabulary's, in its place."""

import json
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld as processor

from hjemmel.declaration import Declaration, Text, load, load_texts, presets
from hjemmel.declaration.model import Controller
from hjemmel.declaration.render.dpv import CONTEXT, legal_basis
from hjemmel.declaration.render.dpv import terms as chosen
from hjemmel.declaration.render.jsonld import jsonld
from hjemmel.declaration.vocabulary import vocabulary
from tests.declaration.dpv import BASE, PLACES, expanded, faults, terms
from tests.declaration.sampling import SAMPLES, sample
from tests.declaration.test_statement_parts import AGREEMENT

DPV, GDPR = "https://w3id.org/dpv#", "https://w3id.org/dpv/legal/eu/gdpr#"
SAID = load_texts(sample(SAMPLES / "passing" / "everything-said.yaml").texts)


def for_others(declaration: Declaration) -> Declaration:
    """The first activity run for somebody else, the second for her and us."""
    organisation = declaration.organisation
    other = Controller("grove", "Lunden", "315994306", "Bakken 2, 0001 Oslo", AGREEMENT, "return")
    controllers = (*organisation.controllers, other)
    first, second, *rest = declaration.activities
    both = (organisation.controllers[0].name, "grove")
    activities = (replace(first, controllers=("grove",)), replace(second, controllers=both), *rest)
    changed = replace(organisation, controllers=controllers, arrangement=Text("Delt etter avtale."))
    return replace(declaration, organisation=changed, activities=activities)


def read(declaration: Declaration, **options: Any) -> dict[str, dict[str, Any]]:
    nodes = expanded(json.loads(json.dumps(jsonld(declaration, **options))))
    return {node["@id"].removeprefix(BASE): node for node in nodes}


def ids(node: dict[str, Any], name: str) -> list[str]:
    return [value["@id"].removeprefix(BASE) for value in node.get(DPV + name, [])]


@pytest.mark.parametrize("name", presets())
def test_every_term_is_one_of_the_vocabulary_and_used_as_it_takes(name: str) -> None:
    assert faults(jsonld(load(name), preview=True)) == []


def test_what_is_done_for_others_too() -> None:
    assert faults(jsonld(for_others(load("interest")))) == []


def test_all_that_can_be_said() -> None:
    assert faults(jsonld(SAID)) == []


@pytest.mark.parametrize(
    ("term", "other", "fault"),
    [
        ("dpv:PersonalDataProcess", "dpv:PersonalDataProces", "dpv:PersonalDataProces is no class"),
        ("dpv:TechnicalOrganisationalMeasure", "dpv:LegalAgreement", "dpv:LegalAgreement is on its way out"),
        ("dpv:Erase", "dpv:Member", "hasProcessing does not take https://w3id.org/dpv#Member"),
        ("#source/self", "#source/nobody", "#source/nobody leads nowhere"),
        ("dpv:StorageDuration", "dpv:hasDuration", "dpv:hasDuration is no class"),
    ],
)
def test_what_is_wrong_is_found(term: str, other: str, fault: str) -> None:
    text = json.dumps(jsonld(load("mission"))["@graph"])
    assert f'"{term}"' in text
    changed = text.replace(f'"{term}"', f'"{other}"', 1)
    found = faults({"@context": CONTEXT, "@graph": json.loads(changed)})
    assert [one for one in found if fault in one] != []


def test_every_word_that_has_a_term_is_a_word() -> None:
    known = vocabulary()
    for kind, words in (("data", known.data), ("subjects", known.subjects), ("sources", known.sources)):
        assert set(chosen()[kind]) <= set(words)
    prefixes = tuple(PLACES.values())
    assert {legal_basis(article) for article in known.articles} <= terms().keys()
    named = [term for kind in chosen().values() for term in kind.values()]
    assert [term for term in named if not term.startswith(prefixes) or term not in terms()] == []


def test_special_data_are_marked_and_their_ground_stands_at_the_activity() -> None:
    nodes = read(load("mission"))
    membership = nodes["#membership"]
    assert GDPR + "A9-2-d" in ids(membership, "hasLegalBasis")
    assert ids(membership, "hasStorageCondition") == ["#membership/keep/1", "#membership/keep/2"]
    whole = read(load("mission"), preview=True)
    special = {name for name, datum in vocabulary().data.items() if datum.special}
    marked = {
        name.removeprefix("#data/")
        for name, node in whole.items()
        if DPV + "SpecialCategoryPersonalData" in node["@type"]
    }
    held = {datum for activity in load("mission").activities for datum in activity.names}
    assert marked == special & held != set()


def test_what_is_done_for_others_stands_in_the_processors_record() -> None:
    declaration = for_others(load("mission"))
    first, second, third, *_ = (activity.name for activity in declaration.active)
    nodes = read(declaration)
    ours, theirs = nodes["#record-controller"], nodes["#record-processor"]
    assert ids(theirs, "hasProcess") == [f"#{first}", f"#{second}"]
    assert ids(ours, "hasProcess")[:2] == [f"#{second}", f"#{third}"]
    assert ids(nodes[f"#{first}"], "hasDataController") == ["#controller/grove"]
    assert ids(nodes[f"#{first}"], "hasDataProcessor")[0] == "#controller/main"
    assert ids(theirs, "hasDataProcessor") == ["#controller/main"]
    (agreement,) = ids(nodes[f"#{first}"], "hasLegalMeasure")
    assert nodes[agreement]["@type"] == [DPV + "ControllerProcessorAgreement"]
    assert "#record-processor" not in read(load("mission"))


def test_a_period_is_a_duration_and_the_whole_is_rdf() -> None:
    document = jsonld(load("union"))
    quads = processor.to_rdf(document, {"base": BASE, "format": "application/n-quads"})
    assert '"P1Y"^^<http://www.w3.org/2001/XMLSchema#duration>' in quads
    assert f"<{BASE}#membership> <{DPV}hasPurpose> <{BASE}#membership/purpose/administration>" in quads
    assert '"Medlemskap"@nb' in quads
