"""Member lists for tests and measurements: seeded, Norwegian, with a known share of faulty rows.

    python -m tests.domain.imports.make_csv --rows 100000 --seed 1 --encoding cp1252 members.csv

Names are put together at random, addresses are at example.org, telephones in the series kept for fiction and
identity numbers synthetic, so nobody is in the file.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hjemmel.domain.people.formats import dates, national_id

TODAY = date(2026, 11, 23)
UNITS = ("Fjordvik", "Åsdalen", "Øvre Elvegrend", "Nordmo", "Sæterbygda")
TYPES = ("Ordinært", "Barn", "Ungdom", "Støttemedlem")
HEADINGS = [
    "Medlemsnr",
    "Fornavn",
    "Mellomnavn",
    "Etternavn",
    "Fødselsdato",
    "Kjønn",
    "Adresse",
    "Postnr",
    "Poststed",
    "E-post",
    "Mobil",
    "Innmeldt",
    "Utmeldt",
    "Medlemstype",
    "Lokallag",
]
_GIVEN = (
    "Anne",
    "Åse",
    "Øystein",
    "Ærlend",
    "Kari",
    "Ola",
    "Ida",
    "Nils",
    "Siv",
    "Håkon",
    "Bjørg",
    "Jens-Petter",
    "Liv",
    "Eir",
    "Marte",
    "Sverre",
    "Tiril",
    "Aksel",
    "Noor",
    "José",
    "Grete",
    "Vegard",
    "Ylva",
    "Ulrik",
)
_FAMILY = (
    "Nordli",
    "Ødegård",
    "Åsheim",
    "Sæther",
    "Moen",
    "Lie",
    "Aasen",
    "Vik",
    "Bråten",
    "Haugdal",
    "Tveitnes",
    "Elvestrand",
    "Myrvold",
    "Kleppås",
    "Fossnes",
    "Granlund",
    "Høydal",
    "Ærnes",
    "Strømsvåg",
    "Dalbakk",
    "O'Neill",
    "van Dam",
)
_STREETS = ("Storgata", "Bjørkeveien", "Åsgata", "Skoleveien", "Fjordgløtt", "Kirkebakken")
_PLACES = (
    ("0150", "Oslo"),
    ("5003", "Bergen"),
    ("7010", "Trondheim"),
    ("9008", "Tromsø"),
    ("6002", "Ålesund"),
)


@dataclass(frozen=True)
class Made:
    """What was written: the number of rows, and the line and code of every faulty one."""

    rows: int
    faulty: dict[int, str] = field(repr=False)


def make(
    path: Path,
    *,
    rows: int,
    seed: int = 1,
    encoding: str = "utf-8-sig",
    share_faulty: float = 0.03,
    units: Sequence[str] = UNITS,
    national_ids: bool = False,
) -> Made:
    """Write a member list to `path`: the same arguments give the same bytes."""
    chance = random.Random(seed)
    headings = HEADINGS + (["Fødselsnummer"] if national_ids else [])
    faulty: dict[int, str] = {}
    household: dict[str, str] = {}
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(";".join(headings) + "\r\n")
        for number in range(rows):
            if number == 0 or chance.random() > 0.35:
                household = _household(chance, number, units)
            row = _person(chance, number, household, national_ids=national_ids)
            if chance.random() < share_faulty:
                code, spoil = chance.choice(_FAULTS)
                spoil(row)
                faulty[number + 2] = code
            file.write(row.pop("Linje", None) or ";".join(row.values()) + "\r\n")
    return Made(rows, faulty)


def _household(chance: random.Random, number: int, units: Sequence[str]) -> dict[str, str]:
    """Return what a family shares: surname, address, unit and one e-mail address."""
    postcode, place = chance.choice(_PLACES)
    return {
        "Etternavn": chance.choice(_FAMILY),
        "Adresse": f"{chance.choice(_STREETS)} {chance.randint(1, 180)}",
        "Postnr": postcode,
        "Poststed": place,
        "E-post": f"familie{number}@example.org",
        "Lokallag": chance.choice(units),
    }


def _person(
    chance: random.Random, number: int, household: dict[str, str], *, national_ids: bool
) -> dict[str, str]:
    born = TODAY - timedelta(days=chance.randint(0, 36_000))
    joined = min(max(born, TODAY - timedelta(days=chance.randint(0, 9_000))), TODAY)
    left = joined + timedelta(days=chance.randint(0, 4_000)) if chance.random() < 0.15 else None
    given = chance.choice(_GIVEN)
    own = f"{_plain(given)}.{number}@example.org"
    row = {
        "Medlemsnr": str(100_001 + number),
        "Fornavn": given,
        "Mellomnavn": chance.choice(_FAMILY[:12]) if chance.random() < 0.2 else "",
        "Etternavn": household["Etternavn"],
        "Fødselsdato": _written(chance, born),
        "Kjønn": chance.choice(("K", "M", "Kvinne", "Mann", "")),
        "Adresse": household["Adresse"],
        "Postnr": household["Postnr"],
        "Poststed": household["Poststed"],
        "E-post": chance.choice((household["E-post"], own, "")),
        "Mobil": _phone(chance),
        "Innmeldt": _written(chance, joined),
        "Utmeldt": _written(chance, left) if left else "",
        "Medlemstype": chance.choice(TYPES),
        "Lokallag": household["Lokallag"],
    }
    if national_ids:
        number_of = (national_id.synthetic(born, serial=chance.randint(0, 999)) for _ in range(100))
        row["Fødselsnummer"] = next(found.digits for found in number_of if found)
    return row


def _written(chance: random.Random, day: date) -> str:
    """Return the date in one of three styles."""
    return chance.choice((dates.display(day, form="short"), day.isoformat(), dates.display(day)))


def _phone(chance: random.Random) -> str:
    number = f"6805{chance.randint(0, 9999):04}"
    return chance.choice(
        (number, f"+47 {number[:3]} {number[3:5]} {number[5:]}", f"{number[:2]} {number[2:]}", "")
    )


def _plain(given: str) -> str:
    return given.lower().translate(str.maketrans("åøæé", "aoee")).replace(" ", "")


def _set(**cells: str) -> Callable[[dict[str, str]], None]:
    return lambda row: row.update(cells)


def _cut_short(row: dict[str, str]) -> None:
    row["Linje"] = ";".join(list(row.values())[:7]) + "\r\n"


def _open_quote(row: dict[str, str]) -> None:
    row["Adresse"] = f'"{row["Adresse"]}'


_FAULTS: tuple[tuple[str, Callable[[dict[str, str]], None]], ...] = (
    ("date.no_such_day", _set(Fødselsdato="31.02.1980")),
    ("date.future", _set(Fødselsdato="24.11.2026")),
    ("date.spreadsheet", _set(Innmeldt="44927")),
    ("date.two_digit_year", _set(Utmeldt="01.02.19")),
    ("name.empty", _set(Fornavn="", Mellomnavn="", Etternavn=" ")),
    ("name.not_a_name", _set(Etternavn="0150 Oslo")),
    ("email.no_at", _set(**{"E-post": "kari.example.org"})),
    ("phone.too_short", _set(Mobil="680501")),
    ("postal.postcode", _set(Postnr="15O0")),
    ("member_number.not_a_number", _set(Medlemsnr="A-17")),
    ("dates.left_before_joined", _set(Innmeldt="02.01.2020", Utmeldt="01.01.2020", Fødselsdato="01.01.1980")),
    ("row.too_few_cells", _cut_short),
    ("row.quotes", _open_quote),
)


def main() -> None:
    """Write a list as the command line says."""
    parser = argparse.ArgumentParser(description="Write a member list for tests.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--encoding", default="utf-8-sig")
    parser.add_argument("--unit", action="append", help="a unit's name; may be repeated")
    given = parser.parse_args()
    made = make(
        given.path, rows=given.rows, seed=given.seed, encoding=given.encoding, units=given.unit or UNITS
    )
    print(f"{made.rows} rows, {len(made.faulty)} of them faulty")  # noqa: T201


if __name__ == "__main__":
    main()
