"""What things of the declarer's own are called in the program: made from their titles."""

import re
from collections.abc import Container, Mapping
from typing import Any

LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "é": "e", "è": "e", "ô": "o"}
)
LONGEST = 40


def own_name(values: Mapping[str, Any], *, taken: Container[str]) -> str:
    """Return a name of small letters, digits and underscores from the title, one that is not taken."""
    title = values.get("title")
    text = (
        str(title.get("nb", "") if isinstance(title, Mapping) else title or "").casefold().translate(LETTERS)
    )
    words = "_".join(re.findall(r"[a-z0-9]+", text))[:LONGEST].strip("_")
    name = words if words[:1].isalpha() else f"n_{words}".strip("_")
    number, found = 2, name
    while found in taken:
        number, found = number + 1, f"{name}_{number}"
    return found
