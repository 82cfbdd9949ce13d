import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from hjemmel.declaration import (
    Declaration,
    Period,
    document,
    keep_sentence,
    languages,
    load,
    load_texts,
    rules,
    sentences,
    statement,
)
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.render.html import Html, join, tag
from hjemmel.declaration.render.language import language
from tests.declaration.sampling import SAMPLES, sample

MISSION = load("mission")
NB = language("nb")
EXPECTED = YAML(typ="safe", pure=True).load((SAMPLES / "sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences(lang: str) -> None:
    said = sentences(MISSION, lang)
    assert {rule: said[rule] for rule in EXPECTED[lang]} == EXPECTED[lang]


def test_what_a_longer_rule_holds_on_is_not_said_to_go() -> None:
    at_once, later = MISSION.activity("membership").keep
    assert "navn" not in keep_sentence(MISSION, at_once)
    assert keep_sentence(MISSION, later).startswith(
        "Fem år etter at medlemskapet er avsluttet, sletter vi dette: navn, fødselsdato, kjønn, postadresse"
    )


def test_year_end_and_archive() -> None:
    assert keep_sentence(MISSION, MISSION.activity("gifts").keep[1]) == (
        "Fem år etter utgangen av det året gaven ble mottatt, sletter vi alle opplysningene."
    )
    assert keep_sentence(MISSION, MISSION.activity("volunteers").keep[0]) == (
        "Fem år etter at arrangementet sluttet, flytter vi navnet, fødselsdatoen, og opplysningene om"
        " arrangement og datoer til «Vernet arkiv»."
    )


def test_statement_has_its_parts_in_order() -> None:
    root = ET.fromstring(statement(MISSION, changed=date(2026, 3, 14), version="7"))
    assert root.get("lang") == "nb"
    headings = ["".join(h.itertext()) for h in root.iter() if h.tag in {"h1", "h2", "h3"}]
    assert headings == [
        "Personvernerklæring for Fjellheim Misjon",
        "Innhold",
        "Del 1: Slik behandler vi opplysninger om deg",
        "Hvem som har ansvaret",
        "Slik passer vi på opplysningene",
        "Sikkerhetstiltak",
        "Opplysninger med særlig vern",
        "Grunnlagene vi bygger på",
        "Leverandører og andre som får opplysninger",
        "Automatiske avgjørelser",
        "Barn og unge",
        "Informasjonskapsler",
        "Rettighetene dine",
        "Hvis du vil klage",
        "Del 2: Hvilke opplysninger vi har",
        "Kontakter og samtykker",
        "Medlemskap",
        "Verv og stillinger",
        "Konto på Min side",
        "Import av lister",
        "Endringslogg",
        "Sikring mot sletting",
    ]
    membership = next(section for section in root.iter("section") if section.get("id") == "membership")
    assert [h.text for h in membership.iter("h4")] == [
        "Hva vi lagrer, og hvorfor",
        "Hvor opplysningene kommer fra",
        "Hvem som kan se dem",
        "Hvem som får dem",
        "Hvor lenge vi har dem",
    ]
    dated = next(p for p in root.iter("p") if p.get("class") == "statement-version")
    assert "".join(dated.itertext()) == "Sist endret 14. mars 2026 · Utgave 7"


def test_every_link_in_the_contents_leads_somewhere() -> None:
    root = ET.fromstring(statement(MISSION, preview=True))
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    links = {link.get("href", "")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")}
    assert links <= anchors
    assert {activity.name for activity in MISSION.activities} <= links


def test_who_answers_and_where_to_complain() -> None:
    page = ET.fromstring(statement(MISSION))
    said = "".join(page.itertext())
    assert "Fjellheim Misjon, organisasjonsnummer 313847217" in said
    assert "Generalsekretæren svarer for behandlingen." in said
    assert "https://www.datatilsynet.no/" in [link.get("href") for link in page.iter("a")]
    assert "religiøs overbevisning" in said


def test_words_of_the_declaration_are_escaped() -> None:
    texts = sample(SAMPLES / "passing" / "as-it-is.yaml").texts
    texts["organisation.yaml"] = texts["organisation.yaml"].replace(
        "title: {nb: Kvisten,", "title: {nb: '<script>\"&</script>',"
    )
    page = document(load_texts(texts))
    assert "<script" not in page
    assert "&lt;script&gt;&quot;&amp;&lt;/script&gt;" in page
    assert page.startswith('<!doctype html>\n<html lang="nb"><head><meta charset="utf-8">')


def test_public_offices_are_told() -> None:
    declaration = load_texts(sample(SAMPLES / "passing" / "as-it-is.yaml").texts)
    assert sentences(declaration)["office/leader/public"] == "Lederen: Det er offentlig hvem som har vervet."
    assert [rule.id for rule in rules(declaration)][-1] == "office/leader/public"


def test_an_activity_nobody_sees_says_so() -> None:
    declaration = load_texts(sample(SAMPLES / "failing" / "H062-nobody.yaml").texts)
    assert "Ingen andre enn du kan se disse opplysningene i registeret." in statement(declaration)


def test_unit_only_duty_and_one_controller() -> None:
    declaration = load_texts(sample(SAMPLES / "passing" / "several-duties.yaml").texts)
    said = sentences(declaration)["club/duty/leader"]
    assert said.endswith(" medlemmer i hele klubben eller eget lag, men bare der vervet selv hører til.")
    assert "Kvisten er behandlingsansvarlig." in statement(declaration)


def test_languages() -> None:
    assert languages() == LANGUAGES
    with pytest.raises(LookupError, match="only in: nb, nn, en"):
        statement(MISSION, "sv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_holes(lang: str) -> None:
    assert holes(language(lang).phrases) == holes(NB.phrases)


def holes(phrases: object) -> object:
    """Return the shape of phrases: what each may be filled in with, and how many a list holds."""
    if isinstance(phrases, dict):
        return {key: holes(phrase) for key, phrase in phrases.items()}
    if isinstance(phrases, list):
        return [holes(phrase) for phrase in phrases]
    return sorted(re.findall(r"\{(\w+)\}", str(phrases)))


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a og b"),
        (["a", "b", "c"], "a, b og c"),
        (["a", "b og c"], "a, og b og c"),
        (["a eller b", "c"], "a eller b, og c"),
        (["a", "b eller c"], "a og b eller c"),
        (["a og b", "c"], "a og b, og c"),
        (["a", "b", "c og d"], "a, b, og c og d"),
        (["a", "b (c og d)"], "a og b (c og d)"),
    ],
)
def test_lists(items: list[str], joined: str) -> None:
    assert NB.all_of(items) == joined


@pytest.mark.parametrize(
    ("period", "said", "often"),
    [
        ("P1Y", "ett år", "minst én gang i året"),
        ("P2Y", "to år", "minst hvert andre år"),
        ("P12Y", "tolv år", "med høyst tolv år mellom hver gang"),
        ("P13Y", "13 år", "med høyst 13 år mellom hver gang"),
        ("P1M", "én måned", "minst én gang i måneden"),
        ("P6M", "seks måneder", "minst hver sjette måned"),
        ("P1Y6M", "ett år og seks måneder", "med høyst ett år og seks måneder mellom hver gang"),
        ("P30D", "30 dager", "med høyst 30 dager mellom hver gang"),
    ],
)
def test_periods_in_sentences(period: str, said: str, often: str) -> None:
    assert NB.period(Period.parse(period)) == said
    assert NB.often(Period.parse(period)) == often


def test_html_escapes_all_but_its_own() -> None:
    assert (
        tag("p", "a < b", Html("<br>"), class_='"x"', id=None) == '<p class="&quot;x&quot;">a &lt; b<br></p>'
    )
    assert join("&", Html("&amp;")) == "&amp;&amp;"


def said(declaration: Declaration, lang: str) -> str:
    """All the words of a statement, with what is planned."""
    return " ".join(ET.fromstring(statement(declaration, lang, preview=True)).itertext())


@pytest.mark.parametrize(("lang", "word"), [("nb", "verv"), ("nn", "verv"), ("en", "office")])
def test_where_there_are_only_employees_nobody_is_said_to_hold_an_office(lang: str, word: str) -> None:
    whole = re.compile(rf"\b{word}(et|ets)?\b", re.IGNORECASE)
    assert whole.search(said(load("mission"), lang))
    courses = load("courses")
    assert whole.findall(said(courses, lang)) == []
    assert [told for told in sentences(courses, lang).values() if whole.search(told)] == []
