"""The words to draw from, in `names.txt`: facts of no one."""

from importlib.resources import files


def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in files(__package__).joinpath("names.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    return found


_WORDS = _sections()
GIVEN = tuple(tuple(_WORDS[f"{who}{era}"] for era in ("_old", "", "_young")) for who in ("women", "men"))
FAMILY, STREETS, REGIONS, CHAPTERS = (_WORDS[k] for k in ("family", "streets", "regions", "chapters"))
# Postcode, place, municipality number.
PLACES = list(zip(*(iter(_WORDS["places"]),) * 3, strict=True))
