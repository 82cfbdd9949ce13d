from hjemmel.declaration import load, load_texts, rules, texts_of
from hjemmel.declaration.rules import KINDS
from tests.declaration.sampling import SAMPLES, sample

MISSION = load("mission")


def test_fields_of_each_kind() -> None:
    found = {rule.id: rule for rule in rules(load_texts(sample(SAMPLES / "passing" / "as-it-is.yaml").texts))}
    assert {rule.id: rule.kind for rule in found.values()} == {
        "club/data": "data",
        "club/purpose/administration": "purpose",
        "club/duty/leader": "duty",
        "club/recipient/printer": "recipient",
        "club/keep/1": "keep",
        "club/keep/2": "keep",
        "office/leader/public": "public",
    }
    assert found["club/duty/leader"].fields == {
        "activity": "club",
        "office": "leader",
        "may": ("change", "read"),
        "sees": "current",
        "data": ("person.name", "person.email"),
        "purposes": ("administration",),
        "reach": "below",
    }
    assert found["club/keep/1"].fields == {
        "activity": "club",
        "record": "membership",
        "data": ("person.name", "person.email", "membership.dates"),
        "period": "P0D",
        "event": "membership.ended",
        "count_from": "date",
        "condition": None,
        "then": "delete",
        "review": "P1Y",
    }


def test_planned_activities_give_no_rules() -> None:
    planned = {activity.name for activity in MISSION.planned}
    assert [rule.id for rule in rules(MISSION) if rule.id.partition("/")[0] in planned] == []
    assert {rule.kind for rule in rules(MISSION)} == set(KINDS) - {"public"}


def test_digest_follows_content_and_not_layout() -> None:
    texts = texts_of("mission")
    same = texts | {"units.yaml": "# a comment\n" + texts["units.yaml"]}
    other = texts | {
        "activities/membership.yaml": texts["activities/membership.yaml"].replace("for: P5Y", "for: P3Y")
    }
    assert load_texts(same).digest == MISSION.digest
    assert load_texts(other).digest != MISSION.digest
    assert len(MISSION.digest) == 64


def test_digest_stays_when_the_language_gets_a_key() -> None:
    """Versions are told apart by it: a key that is not given leaves the digest of what is applied alone."""
    base = load_texts(texts_of(SAMPLES / "base"))
    assert base.digest == "5ad9b314ddd3c14aa16ee308a17846cef928d30aaf06ad5032ca2971b3694bdd"
    said = texts_of(SAMPLES / "base")
    said["organisation.yaml"] += "answer_within: P1M\n"
    assert load_texts(said).digest == base.digest
    said["organisation.yaml"] = said["organisation.yaml"].replace("P1M", "P7D")
    assert load_texts(said).digest != base.digest


def test_group_stands_for_all_the_activity_declares_of_it() -> None:
    history = MISSION.activity("membership").keep[1]
    assert history.data is not None
    assert "membership.recruiter" in history.data
    assert not any(name.endswith("*") for name in history.data)
