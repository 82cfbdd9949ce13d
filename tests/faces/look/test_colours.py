"""Contrast of every pair of steps that stands together on a page (WCAG 2.2: 1.4.3 and 1.4.11)."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.faces.look import colours

TEXT, EDGE = 4.5, 3.0
GROUNDS = (
    "background-default",
    "background-tinted",
    "surface-default",
    "surface-tinted",
    "surface-hover",
    "surface-active",
)
PAIRS = [
    *((text, ground, TEXT) for text, ground in product(("text-default", "text-subtle"), GROUNDS)),
    *((edge, ground, EDGE) for edge, ground in product(("border-default", "border-strong"), GROUNDS[:3])),
    *(("base-contrast-default", base, TEXT) for base in ("base-default", "base-hover", "base-active")),
    ("base-contrast-subtle", "base-default", TEXT),
    ("base-default", "background-default", EDGE),
]


def below(base: str) -> list[str]:
    """The pairs of a scale that have too little contrast."""
    scale = colours.scale(base)
    return [
        f"{front} on {back}, {scheme}"
        for front, back, least in PAIRS
        for scheme in ("light", "dark")
        if colours.contrast(getattr(scale[front], scheme), getattr(scale[back], scheme)) < least
    ]


@pytest.mark.parametrize("name", colours.BASES)
def test_every_scale_of_the_theme_can_be_read(name):
    assert below(colours.BASES[name]) == []


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_any_colour_an_organisation_declares_can_be_read(base):
    assert below(base) == []


@pytest.mark.parametrize("name", colours.BASES)
def test_coloured_text_can_be_read_on_the_pages_own_ground(name):
    neutral, scale = colours.scale(colours.BASES["neutral"]), colours.scale(colours.BASES[name])
    for ground in GROUNDS:
        for scheme in ("light", "dark"):
            text, back = getattr(scale["text-subtle"], scheme), getattr(neutral[ground], scheme)
            assert colours.contrast(text, back) >= TEXT, (ground, scheme)


def test_contrast_is_measured_as_the_guideline_does():
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_theme_file_is_what_the_scales_say():
    file = Path(colours.__file__).parents[1] / "static" / "look" / "theme.css"
    assert file.read_text() == colours.stylesheet()


@pytest.mark.parametrize("text", ["1d5a47", "#1d5a4", "green", "#1d5a4g", ""])
def test_what_is_not_a_colour_is_refused(text):
    with pytest.raises(ValueError):
        colours.scale(text)
