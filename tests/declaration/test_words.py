import re
from datetime import date

import pytest

from hjemmel.declaration import Period, vocabulary
from hjemmel.declaration.law import UnknownFigureError, figures, floors, guidance
from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.render.language import language
from hjemmel.declaration.render.naming import group_of, grouped, groups

WORDS = vocabulary()


def every_text() -> list[Text]:
    pairs = [*WORDS.data.values(), *WORDS.records.values()]
    return [
        *(text for pair in pairs for text in (pair.one, pair.the)),
        *(text for subject in WORDS.subjects.values() for text in (subject.one, subject.many)),
        *(text for article in WORDS.articles.values() for text in (article.ground, article.cite)),
        *(statute.title for statute in WORDS.statutes.values()),
        *(condition.text for condition in WORDS.conditions.values()),
        *WORDS.events.values(),
        *WORDS.sources.values(),
        *WORDS.special.values(),
        *WORDS.occasions.values(),
        *WORDS.channels.values(),
        *(t for each in WORDS.variants for pair in each.data.values() for t in pair),
        *(t for each in WORDS.variants for pair in each.records.values() for t in pair),
        *(t for each in WORDS.variants for t in (*each.events.values(), *each.groups.values())),
        *(group.title for group in groups().values()),
        *(text for group in groups().values() for text in group.whole or ()),
    ]


def test_every_word_is_there_in_three_languages() -> None:
    assert [text for text in every_text() for lang in LANGUAGES if not getattr(text, lang).strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_datum_holds_a_comma_that_would_break_a_list(lang: str) -> None:
    said = [datum.one.of(lang) for datum in WORDS.data.values()]
    assert [item for item in said if "," in re.sub(r"\(.*\)", "", item)] == []


def test_every_datum_is_in_a_group_with_a_name() -> None:
    assert [name for name in WORDS.data if group_of(name) == "rest"] == []
    assert grouped(["membership.type", "person.name", "person.email", "membership.dates"]) == {
        "who": ["person.name"],
        "reach": ["person.email"],
        "membership": ["membership.type", "membership.dates"],
    }


def test_special_data_are_named_and_never_hidden_in_a_group() -> None:
    groups_of_special = {group_of(name) for name, datum in WORDS.data.items() if datum.special}
    assert [name for name in groups_of_special if groups()[name].whole] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_article_is_explained(lang: str) -> None:
    terms = language(lang).at("how.grounds.terms")
    assert terms.keys() == WORDS.articles.keys()
    assert [term for term in terms.values() if not term["name"] or not term["means"].endswith(".")] == []


def test_records_start_and_end_with_events_of_their_own() -> None:
    for record in WORDS.records.values():
        assert record.starts in record.events
        assert record.ends is None or record.ends in record.events
    names = [event for record in WORDS.records.values() for event in record.events]
    assert len(names) == len(set(names))


def test_opposite_conditions_are_opposites_both_ways() -> None:
    for condition in WORDS.conditions.values():
        if condition.opposite:
            assert WORDS.conditions[condition.opposite].opposite == condition.name


def test_record_of_an_event() -> None:
    assert WORDS.record_of("membership.ended") == "membership"
    with pytest.raises(KeyError):
        WORDS.record_of("membership.over")


def test_variants_are_of_words_there_are() -> None:
    for variant in WORDS.variants:
        assert variant.subjects <= WORDS.subjects.keys()
        assert variant.data.keys() <= WORDS.data.keys()
        assert variant.records.keys() <= WORDS.records.keys()
        assert set(variant.events) == {e for name in variant.records for e in WORDS.records[name].events}
        assert variant.groups.keys() <= groups().keys()


def test_special_data_are_sealed() -> None:
    assert [datum.name for datum in WORDS.data.values() if datum.special and not datum.sealed] == []
    assert WORDS.data["person.national_id"].sealed


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("bookkeeping", "2004-12-31", None),
        ("bookkeeping", "2005-01-01", Period(10)),
        ("bookkeeping", "2014-01-31", Period(10)),
        ("bookkeeping", "2014-02-01", Period(5)),
        ("bookkeeping_secondary", "2026-11-23", Period(3, 6)),
        ("grant_age", "2026-11-23", 26),
        ("gift_minimum", "2015-01-01", 500),
        ("gift_maximum", "2014-12-31", None),
        ("gift_maximum", "2021-12-31", 50000),
        ("gift_maximum", "2024-06-30", 25000),
        ("union_dues_maximum", "2021-12-31", 3850),
        ("union_dues_maximum", "2022-01-01", 5800),
        ("union_dues_maximum", "2025-12-31", 8250),
        ("faith_age", "2026-11-23", 15),
        ("majority", "2026-11-23", 18),
        ("online_consent", "2018-07-20", 13),
    ],
)
def test_figures_of_law_by_day(name: str, day: str, value: Period | int | None) -> None:
    assert figures()[name].on(date.fromisoformat(day)) == value


def test_figures_name_statutes_and_references() -> None:
    for figure in figures().values():
        assert figure.statute is None or figure.statute in WORDS.statutes
        started = "lov/" if figure.statute else "https://"
        assert [value.reference for value in figure.values if not value.reference.startswith(started)] == []
        found = [value for value in figure.values if not value.believed and not value.unknown]
        assert figure.still_valid_on >= found[-1].since
        after = [value for value in figure.values if value.since > figure.still_valid_on]
        assert all(value.believed or value.unknown for value in after)


def test_a_figure_that_has_not_been_found_is_not_guessed() -> None:
    dues = figures()["union_dues_maximum"]
    with pytest.raises(UnknownFigureError, match="2026-01-01"):
        dues.on(date(2026, 11, 23))
    gifts = figures()["gift_maximum"].entry(date(2026, 11, 23))
    assert gifts is not None
    assert gifts.believed
    assert gifts.source is None


def test_guidance_is_cited_by_address() -> None:
    for advice in guidance().values():
        assert advice.source.startswith("https://")
        assert all(advice.title.of(lang) for lang in LANGUAGES)


def test_the_floor_of_bookkeeping_counts_from_the_end_of_the_year() -> None:
    assert {name: (str(floor.period), floor.count_from) for name, floor in floors().items()} == {
        "bokforingsloven.13": ("P5Y", "year_end")
    }
