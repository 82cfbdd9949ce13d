"""Colour scales of the theme, made from one base colour each, with contrast by luminance.

Every scale has the same sixteen steps, named as Designsystemet names them. A step is fixed by its relative
luminance (WCAG 2.2, definition of "relative luminance"), so a pair of steps has the same contrast whatever
the base colour is: an organisation may declare any colour and its public pages stay readable.

``python -m hjemmel.faces.look.colours`` prints ``static/look/theme.css``; a test keeps file and scales equal.
"""

import colorsys
import sys
from dataclasses import dataclass

Rgb = tuple[float, float, float]

BASES: dict[str, str] = {
    "accent": "#1d5a47",  # spruce: what one can press, and where one is
    "brand1": "#7d3f6b",  # heather: grounds, masks and due dates, nothing else
    "neutral": "#63523a",  # warm grey
    "info": "#1f6391",
    "success": "#3c7320",
    "warning": "#a86400",
    "danger": "#b3271e",
}

# Luminance of each step (light, dark). The three base steps are made apart, from the base colour itself.
STEPS: dict[str, tuple[float, float]] = {
    "background-default": (1.0, 0.0085),
    "background-tinted": (0.925, 0.0125),
    "surface-default": (1.0, 0.0165),
    "surface-tinted": (0.84, 0.0235),
    "surface-hover": (0.76, 0.034),
    "surface-active": (0.66, 0.05),
    "border-subtle": (0.66, 0.06),
    "border-default": (0.185, 0.21),
    "border-strong": (0.10, 0.4),
    "text-subtle": (0.088, 0.44),
    "text-default": (0.02, 0.82),
}
_BASE_ON_DARK = (0.34, 0.42, 0.5)
_HOVER, _ACTIVE = 0.72, 0.5
_LIGHT, _DARK = 0.6, 0.5  # full saturation glares in pale tints and on dark pages


@dataclass(frozen=True)
class Shade:
    """One step of one scale: its hex colour on a light and on a dark page."""

    light: str
    dark: str


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), of a ``#rrggbb`` colour."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21, of two ``#rrggbb`` colours (WCAG 2.2, 1.4.3)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def toned(colour: str, target: float, *, saturation: float = 1.0) -> str:
    """Return the colour at the lightness where its luminance is ``target``, hue kept, saturation scaled."""
    hue, _, full = colorsys.rgb_to_hls(*_parts(colour))
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        if luminance(_hex(colorsys.hls_to_rgb(hue, middle, full * saturation))) < target:
            low = middle
        else:
            high = middle
    return _hex(colorsys.hls_to_rgb(hue, high, full * saturation))


def scale(base: str) -> dict[str, Shade]:
    """Return the sixteen steps made from one base colour, a ``#rrggbb`` string.

    Raises ``ValueError`` when the text is not such a colour.
    """
    shades = {
        step: Shade(toned(base, light, saturation=_LIGHT), toned(base, dark, saturation=_DARK))
        for step, (light, dark) in STEPS.items()
    }
    # White text must be readable on the base colour; a pale one is darkened until it is (5.6 : 1).
    depth = min(luminance(base), 0.1375)
    solid = base if luminance(base) == depth else toned(base, depth)
    on_light = (solid, toned(solid, depth * _HOVER), toned(solid, depth * _ACTIVE))
    on_dark = (toned(base, target, saturation=_LIGHT) for target in _BASE_ON_DARK)
    for step, light, dark in zip(("default", "hover", "active"), on_light, on_dark, strict=True):
        shades[f"base-{step}"] = Shade(light, dark)
    shades["base-contrast-default"] = Shade("#ffffff", toned(base, 0.004, saturation=_DARK))
    shades["base-contrast-subtle"] = Shade(toned(base, 0.86, saturation=_LIGHT), toned(base, 0.008))
    return shades


def declarations(name: str, base: str) -> str:
    """Return the CSS custom properties of one scale, one a line, each with its light and dark value."""
    lines = (
        f"  --ds-color-{name}-{step}: light-dark({shade.light}, {shade.dark});"
        for step, shade in scale(base).items()
    )
    return "\n".join(lines)


def stylesheet() -> str:
    """Return the whole text of ``theme.css``."""
    neutral = scale(BASES["neutral"])
    inner, outer = neutral["background-default"], neutral["text-default"]
    visited = scale(BASES["brand1"])["text-subtle"]
    scales = "\n\n".join(
        f"  /* {name}: {base} */\n{declarations(name, base)}" for name, base in BASES.items()
    )
    return (
        "/* Made by hjemmel.faces.look.colours; change the base colours there. */\n"
        ":root, [data-color-scheme] {\n"
        f"{scales}\n\n"
        f"  --ds-color-focus-inner: light-dark({inner.light}, {inner.dark});\n"
        f"  --ds-color-focus-outer: light-dark({outer.light}, {outer.dark});\n"
        f"  --ds-link-color-visited: light-dark({visited.light}, {visited.dark});\n"
        "}\n"
    )


def _parts(colour: str) -> Rgb:
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not a colour: write #rrggbb, for example #1d5a47")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _hex(parts: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


if __name__ == "__main__":
    sys.stdout.write(stylesheet())
