"""What an organisation may say beyond its activities, and where it stands in the statement."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from hjemmel.declaration import Declaration, Paragraph, Period, Text, load, load_texts, statement
from hjemmel.declaration.model import Agreement, Controller, Cookie, Measure
from tests.declaration.sampling import SAMPLES, sample

WHOLE = load("mission")
# The preset without what the tests below put in by themselves.
MISSION = replace(
    WHOLE,
    organisation=replace(WHOLE.organisation, measures=(), children=(), paragraphs=()),
    recipients=tuple(each for each in WHOLE.recipients if each.kind != "controller"),
)
SAID = load_texts(sample(SAMPLES / "passing" / "everything-said.yaml").texts)
AGREEMENT = Agreement(Text("avtalen"), date(2026, 1, 1), Period(years=1))


def part(declaration: Declaration, anchor: str, lang: str = "nb") -> str:
    """Return what the part of the statement at an anchor says; nothing where there is none."""
    root = ET.fromstring(statement(declaration, lang))
    found = [section for section in root.iter("section") if section.get("id") == anchor]
    return " ".join(
        " ".join(each.strip() for each in section.itertext() if each.strip()) for section in found
    )


def with_organisation(declaration: Declaration, **changed: object) -> Declaration:
    return replace(declaration, organisation=replace(declaration.organisation, **changed))  # type: ignore[arg-type]


def with_activity(declaration: Declaration, **changed: object) -> Declaration:
    first, *rest = declaration.activities
    return replace(declaration, activities=(replace(first, **changed), *rest))  # type: ignore[arg-type]


def with_recipient(declaration: Declaration, name: str, **changed: object) -> Declaration:
    found = tuple(
        replace(each, **changed) if each.name == name else each  # type: ignore[arg-type]
        for each in declaration.recipients
    )
    return replace(declaration, recipients=found)


def test_own_paragraphs_stand_at_their_places() -> None:
    places = ("opening", "responsible", "promise", "rights", "complaint", "closing")
    own = tuple(Paragraph(place, Text(f"Eget om {place}.\n\nOg mer.")) for place in places)
    root = ET.fromstring(statement(with_organisation(MISSION, paragraphs=own)))
    said = [p.text for p in root.iter("p")]
    for place in places:
        at = said.index(f"Eget om {place}.")
        assert said[at + 1] == "Og mer."
    for place in places[1:-1]:
        assert f"Eget om {place}." in part(with_organisation(MISSION, paragraphs=own), f"how-{place}")
    header = root.find("header")
    assert header is not None
    assert [p.text for p in header.iter("p")][-2:] == ["Eget om opening.", "Og mer."]
    assert [child.tag for child in root][-2:] == ["p", "p"]


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("union", "nb", "om fagforeningsmedlemskap. Uten samtykket ditt kan opplysningene ikke gis ut"),
        ("mission", "nb", "om religiøs overbevisning. Uten samtykket ditt kan"),
        ("union", "nn", "om fagforeiningsmedlemskap. Utan samtykket ditt kan"),
        ("union", "en", "of trade union membership. Without your consent the data"),
    ],
)
def test_the_exception_for_bodies_is_told_with_its_condition(name: str, lang: str, said: str) -> None:
    assert said in part(load(name), "how-grounds", lang)
    silent = with_organisation(load(name), reveals=())
    assert said.partition(".")[0] not in part(silent, "how-grounds", lang)


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("mission", ["du ikke være medlem, og vi kan ikke", "Krever en lov", "er frivillig"], []),
        ("courses", ["kan vi ikke gjøre det vi har avtalt", "er frivillig"], ["medlem"]),
    ],
)
def test_whether_one_must_give_the_data_is_told(name: str, said: list[str], unsaid: list[str]) -> None:
    """GDPR art. 13 no. 2 e, made from the grounds the organisation relies on."""
    told = part(load(name), "how-grounds").partition("Det vi trenger for å holde avtalen")[2]
    assert [words for words in said if words not in told] == []
    assert [words for words in unsaid if words in told] == []


def test_each_office_is_named_once_with_all_it_does() -> None:
    assert "Lederen svarer for behandlingen, har det daglige ansvaret, og tar imot krav" in part(
        SAID, "how-responsible"
    )


def test_joint_controllers_and_what_they_agreed() -> None:
    said = part(with_organisation(MISSION, arrangement=Text("Misjonen svarer alle.")), "how-responsible")
    assert "fører registeret sammen og er begge behandlingsansvarlige" in said
    assert "Misjonen svarer alle." in said


def test_what_is_done_for_somebody_else_is_told_in_both_parts() -> None:
    other = Controller("grove", "Lunden", "315994306", "Bakken 2, 0001 Oslo", AGREEMENT, "return")
    own = SAID.organisation.controllers[0]
    declaration = with_activity(with_organisation(SAID, controllers=(own, other)), controllers=("grove",))
    assert (
        "Lunden (organisasjonsnummer 315994306) har selv ansvaret for noe vi gjør for dem: Klubben . Da er vi"
        " databehandler, etter avtalen fra 1. januar 2026." in part(declaration, "how-responsible")
    )
    club = part(declaration, "club")
    assert "Vi gjør dette på vegne av Lunden." in club
    assert "Når avtalen er slutt, leverer vi opplysningene tilbake til Lunden." in club
    assert "Bare" not in club


def test_an_agreement_that_no_activity_uses_is_not_told() -> None:
    assert "Lunden" not in part(SAID, "how-responsible")


def test_who_alone_is_responsible_is_told_where_others_are_not() -> None:
    assert "Bare Fjellheim Ung har ansvaret for dette." in part(
        with_activity(MISSION, controllers=("youth",)), "contact_register"
    )
    assert "ansvaret for dette" not in part(MISSION, "contact_register")


def test_measures_all_in_part_one_and_some_at_the_activity() -> None:
    measures = (
        Measure("locks", Text("dørene låses"), date(2026, 2, 3)),
        Measure("copies", Text("kopier prøves"), date(2026, 4, 5)),
    )
    declaration = with_organisation(MISSION, measures=measures)
    told = part(declaration, "how-measures")
    assert "Dørene låses (sist prøvd 3. februar 2026)" in told
    assert "Kopier prøves (sist prøvd 5. april 2026)" in told
    assert "dørene" not in part(declaration, "contact_register")
    some = with_activity(declaration, measures=("locks",))
    assert "Her bruker vi disse sikkerhetstiltakene: dørene låses." in part(some, "contact_register")
    assert part(MISSION, "how-measures") == ""


def test_cookies_in_a_table() -> None:
    said = part(SAID, "how-cookies")
    assert "visits Teller besøk. Den settes av" in said
    assert "30 dager bare når du har sagt ja" in said
    assert "sessionid Holder deg innlogget til du lukker nettleseren alltid, fordi siden trenger den" in said
    assert said.endswith("Det er like lett å si nei som ja, og du kan ombestemme deg når som helst.")


def test_without_cookies_of_their_own_only_those_one_needs_are_told() -> None:
    assert "setter bare de informasjonskapslene som trengs for å logge inn" in part(MISSION, "how-cookies")
    asked = Cookie("a", Text("a"), Text("teller"), "statistics", consent=False)
    assert "uten at du blir spurt" in part(with_organisation(MISSION, cookies=(asked,)), "how-cookies")


def test_what_machines_decide() -> None:
    assert "tas av en maskin alene" in part(MISSION, "how-automatic")
    decided = with_organisation(MISSION, automatic=Text("Plassen trekkes."))
    assert part(decided, "how-automatic") == "Automatiske avgjørelser Plassen trekkes."


def test_children_by_the_figures_of_the_law() -> None:
    told = part(SAID, "how-children")
    assert "Fra du er 13 år, kan du selv samtykke" in told
    assert "Fra du er 18 år, er det bare du" in told
    assert part(MISSION, "how-children") == ""
    other = with_organisation(MISSION, children=("bookkeeping",))
    assert "Oppbevaring av regnskapsmateriale" in part(other, "how-children")


@pytest.mark.parametrize(
    ("within", "said"),
    [
        (Period(months=1), "senest innen én måned."),
        (Period(days=30), "senest innen 30 dager eller én måned, det som kommer først."),
        (Period(days=14), "senest innen 14 dager."),
    ],
)
def test_the_earlier_of_what_is_promised_and_a_month(within: Period, said: str) -> None:
    assert part(with_organisation(MISSION, answer_within=within), "how-rights").endswith(said)


@pytest.mark.parametrize(
    ("backups", "keys", "said"),
    [
        (Period(days=30), Period(days=7), ("opptil 30 dager", "i noen kopi etter sju dager")),
        (Period(days=90), Period(days=3), ("opptil 90 dager", "i noen kopi etter tre dager")),
        (Period(days=5), Period(days=7), ("opptil fem dager", "i noen kopi etter fem dager")),
    ],
)
def test_how_long_what_was_deleted_may_lie_in_backups(backups: Period, keys: Period, said) -> None:
    told = part(with_organisation(MISSION, backups=backups, backup_keys=keys), "how-promise")
    assert [words for words in said if words not in told] == []


def test_processors_stand_apart_from_controllers_of_their_own() -> None:
    declaration = with_recipient(
        MISSION, "grant_authority", kind="controller", statement="https://grants.example.org/privacy"
    )
    root = ET.fromstring(statement(declaration))
    section = next(s for s in root.iter("section") if s.get("id") == "how-recipients")
    processors, controllers = section.iter("ul")
    assert "Nordvarde Drift AS drifter maskinene" in "".join(processors.itertext())
    assert "Tilskuddsmyndighetene" in "".join(controllers.itertext())
    assert [link.get("href") for link in controllers.iter("a")] == ["https://grants.example.org/privacy"]
    assert "og har selv ansvaret for opplysningene der" in part(declaration, "membership-gets")


def test_data_abroad_are_told_with_the_country_and_the_ground() -> None:
    declaration = with_recipient(MISSION, "it_operator", place="US", transfer="EUs standardavtale")
    said = part(declaration, "how-recipients")
    assert "De holder til i USA. Grunnlaget for å overføre dit er EUs standardavtale." in said
    assert "EØS" not in said


def test_how_soon_a_recipient_deletes() -> None:
    declaration = with_recipient(MISSION, "grant_authority", delete_within=Period(months=6))
    assert "De skal ha slettet dem seks måneder etter" in part(declaration, "membership-gets")


def test_bases_by_kind_of_receiver() -> None:
    declaration = load_texts(sample(SAMPLES / "passing" / "activity-in-full.yaml").texts)
    assert (
        "Grunnlaget er for medlemmer samtykket ditt og avtalen med deg, og for kontakter samtykket ditt."
        in part(declaration, "club")
    )


def test_what_goes_sooner_when_somebody_asks() -> None:
    declaration = load_texts(sample(SAMPLES / "passing" / "activity-in-full.yaml").texts)
    said = part(declaration, "club-keeps")
    assert "Ber du om det, sletter vi det tidligere." in said
    assert "Ber du om det, anonymiserer vi det tidligere." in said
