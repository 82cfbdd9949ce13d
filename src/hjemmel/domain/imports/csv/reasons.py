"""The texts of what is wrong with files and rows, in Norwegian bokmål; never a value from the file."""

from typing import Final

from hjemmel.domain.imports.csv.headings import Field
from hjemmel.domain.people.formats.reasons import Reason

_MAP: Final = "En JSON- eller YAML-fil med columns, encoding, delimiter, units og member_types."
_SAVE_AS_CSV: Final = "Åpne filen i regnearket og lagre den som CSV (UTF-8)."
_FIX_CELL: Final = "Rett verdien i filen."

FILE: Final[dict[str, Reason]] = {
    "file.empty": Reason("Filen er tom.", "En CSV-fil med overskrifter i første linje.",
                         "Velg en annen fil."),
    "file.not_csv": Reason("Filen er ikke en CSV-fil.", "Tekst med skilletegn (CSV).", _SAVE_AS_CSV),
    "file.encoding": Reason("Vi kjenner ikke tegnsettet.", "utf-8, utf-16 eller windows-1252.",
                            "Rett encoding i tilordningsfilen."),
    "file.no_headings": Reason(
        "Vi finner ingen linje med overskrifter for navn.",
        "Overskrifter som Fornavn, Etternavn, Fødselsdato og E-post blant de 15 første linjene.",
        "Legg til overskrifter, eller bruk en tilordningsfil.",
    ),
    "file.same_field_twice": Reason(
        "To kolonner ser ut til å bety det samme.", "Én kolonne for hver opplysning.",
        "Gi den ene kolonnen betydningen ignore i en tilordningsfil.",
    ),
    "map.unreadable": Reason("Tilordningsfilen kan ikke leses.", _MAP,
                             "Sjekk kolon, innrykk og anførselstegn."),
    "map.unknown_key": Reason("Tilordningsfilen har en nøkkel vi ikke kjenner.", _MAP, "Rett nøkkelen."),
    "map.value": Reason("Tilordningsfilen har en verdi av feil slag.", _MAP, "Rett verdien."),
    "map.unknown_field": Reason(
        "Tilordningsfilen gir en kolonne en betydning vi ikke kjenner.",
        f"Betydningene {', '.join(Field)}.", "Rett betydningen.",
    ),
    "map.no_such_column": Reason(
        "Tilordningsfilen nevner en kolonne som ikke finnes i filen.",
        "Overskriften slik den står i filen, eller kolonnens nummer som #3.", "Rett overskriften.",
    ),
}  # fmt: skip

ROW: Final[dict[str, Reason]] = {
    "row.too_few_cells": Reason(
        "Linjen har færre felt enn overskriftene.", "Like mange felt som overskrifter.",
        "Se etter et linjeskift midt i linjen eller et skilletegn som mangler.",
    ),
    "row.too_many_cells": Reason(
        "Linjen har flere felt enn overskriftene.", "Like mange felt som overskrifter.",
        "Se etter et skilletegn inne i en verdi. Slike verdier må stå i anførselstegn.",
    ),
    "row.quotes": Reason("Anførselstegnene i linjen går ikke opp.", "Et anførselstegn før og etter verdien.",
                         "Rett anførselstegnene. Inne i en verdi skrives de dobbelt."),
    "row.too_long": Reason("Linjen er for lang.", "Høyst 100 000 tegn.", "Del opp linjen."),
    "cell.too_long": Reason("Verdien er for lang.", "Høyst 1000 tegn.", "Kort ned verdien."),
    "cell.control_character": Reason("Verdien har usynlige styretegn.", "Vanlig tekst.", _FIX_CELL),
    "cell.unreadable": Reason(
        "Verdien har tegn som ble ødelagt da filen ble lagret.", "Vanlig tekst.",
        "Hent verdien fra kilden på nytt, eller lagre filen som CSV (UTF-8).",
    ),
    "member_number.not_a_number": Reason("Medlemsnummeret er ikke et tall.", "Bare siffer, høyst 12.",
                                         "Rett nummeret, eller la feltet stå tomt."),
    "national_id.other_birth_date": Reason(
        "Fødselsnummeret og fødselsdatoen hører ikke sammen.", "Samme dag, måned og år i begge.",
        "Sjekk begge med personen, eller la det ene feltet stå tomt.",
    ),
    "dates.left_before_joined": Reason("Utmeldingen er før innmeldingen.", "En utmelding etter innmeldingen.",
                                       "Rett en av datoene."),
    "dates.joined_before_born": Reason("Innmeldingen er før fødselsdatoen.", "En innmelding etter fødselen.",
                                       "Rett en av datoene."),
    "text.too_long": Reason("Teksten er for lang.", "Høyst 200 tegn.", "Kort ned teksten."),
}  # fmt: skip


class UnusableFile(ValueError):  # noqa: N818 - `except UnusableFile` says what it is
    """Raised when a file or a map file as a whole cannot be used.

    `code` is stable; `message`, `allowed` and `do` are for people. `where` names headings or keys, never
    values of rows.
    """

    def __init__(self, code: str, *, where: str = "") -> None:
        reason = FILE[code]
        self.code = code
        self.where = where
        self.message = f"{reason.message} ({where})" if where else reason.message
        self.allowed = reason.allowed
        self.do = reason.do
        super().__init__(f"{code}: {self.message}")
