"""Why an import refuses a row, lets it wait or cannot begin, in Norwegian bokmål; never a value."""

from typing import Final

from hjemmel.domain.imports.csv.reasons import FILE, ROW
from hjemmel.domain.people.formats.reasons import NB, Reason

_SAME: Final = "Sjekk om det er samme person. Ta raden ut av filen, eller rett den slik at den peker på én."
_KINDS: Final = "ordinary, child, youth, household eller supporter, eller et vanlig norsk ord for en av dem."

REFUSED: Final[dict[str, Reason]] = {
    "unit.missing": Reason("Raden sier ikke hvilket lag det gjelder.", "Navnet på et lag i registeret.",
                           "Fyll inn laget, eller si hvilket med --unit."),
    "unit.unknown": Reason("Registeret har ikke noe lag med dette navnet.", "Navnet på et lag i registeret.",
                           "Rett navnet, eller oversett det under units i tilordningsfilen."),
    "unit.ambiguous": Reason("Flere lag har dette navnet.", "Lagets nummer.",
                             "Skriv lagets nummer under units i tilordningsfilen."),
    "unit.closed": Reason("Laget er nedlagt.", "Et lag som fantes da medlemskapet varte.",
                          "Sjekk hvilket lag medlemmene ble flyttet til."),
    "unit.not_yours": Reason("Oppgavene dine gjelder ikke dette laget.", "Lag du har oppgaver i.",
                             "Be den medlemsansvarlige lese inn raden."),
    "membership.ended_not_yours": Reason(
        "Oppgavene dine gjelder ikke tidligere medlemmer.", "Medlemmer som ikke er utmeldt.",
        "Be den medlemsansvarlige lese inn raden.",
    ),
    "membership.time_over": Reason(
        "Medlemskapet er avsluttet for så lenge siden at registeret ikke har hjemmel til å ha det.",
        "Medlemskap som fortsatt kan oppbevares.", "Ta raden ut av filen.",
    ),
    "member_type.unknown": Reason("Vi kjenner ikke medlemstypen.", _KINDS,
                                  "Oversett den under member_types i tilordningsfilen."),
    "joined_on.far": Reason("Innmeldingen er mer enn ett år fram i tid.", "Datoer til og med om ett år.",
                            "Rett datoen."),
    "row.refused": Reason("Registeret tok ikke imot raden.", "Opplysninger som går sammen.",
                          "Sjekk datoene i raden mot det som står i registeret."),
}  # fmt: skip

WAITING: Final[dict[str, Reason]] = {
    "match.uncertain": Reason("Personen kan være en som alt står i registeret.",
                              "Medlemsnummer, eller navn, fødselsdato og e-post eller telefon.", _SAME),
    "match.several": Reason("Raden passer på flere i registeret.",
                            "Medlemsnummer, eller navn, fødselsdato og e-post eller telefon.", _SAME),
    "match.two_numbers": Reason("Samme person ser ut til å stå i filen med to medlemsnumre.",
                                "Ett medlemsnummer for hver person.", _SAME),
    "member_number.other_person": Reason(
        "Medlemsnummeret tilhører en med et annet navn eller en annen fødselsdato.",
        "Personens eget nummer.", "Rett nummeret, eller la det stå tomt.",
    ),
    "national_id.other_person": Reason("Fødselsnummeret tilhører en med et annet navn.",
                                       "Personens eget nummer.", "Sjekk nummeret med personen."),
    "membership.ended": Reason("Personen er meldt ut. Bare hun selv kan melde seg inn igjen.",
                               "En innmelding etter utmeldingen.",
                               "Sjekk med personen. Er hun medlem igjen, fyll inn når hun ble det."),
    "membership.overlap": Reason("Datoene går over i et annet medlemskap i det samme laget.",
                                 "Medlemskap som ikke overlapper.", "Sjekk datoene."),
    "person.restricted": Reason("Personen har krevd at opplysningene ikke brukes.", "Ingen endringer.",
                                "Spør den personvernansvarlige."),
}  # fmt: skip

CANNOT: Final[dict[str, Reason]] = {
    "import.not_declared": Reason(
        "Erklæringen sier ikke noe om import, så ingen rad kan vente på å bli rettet.",
        "En aktivitet med lagringstid for import_row.", "Ta aktiviteten inn i erklæringen.",
    ),
    "import.activity": Reason("Denne aktiviteten har ingen medlemskap.",
                              "En aktivitet i erklæringen med lagringstid for membership.",
                              "Velg en annen med --activity."),
    "import.unit": Reason("Registeret har ikke dette laget.", "Navnet eller nummeret til ett lag.",
                          "Rett --unit."),
    "import.no_unit": Reason("Filen har ingen kolonne for lag.",
                             "En kolonne som Lokallag, eller ett lag for alle.",
                             "Si hvilket lag med --unit."),
    "import.busy": Reason("Den samme filen leses inn av noen andre nå.", "Én om gangen.",
                          "Vent til de er ferdige."),
    "import.no_installation": Reason("Registeret er ikke satt opp.", "Et register med lag og en erklæring.",
                                     "Sett opp registeret først."),
    "import.no_file": Reason("Vi finner ikke filen, eller får ikke lese den.", "En fil som kan leses.",
                             "Sjekk navnet."),
}  # fmt: skip

ALL: Final[dict[str, Reason]] = {**NB, **FILE, **ROW, **REFUSED, **WAITING, **CANNOT}


class NotPossible(Exception):  # noqa: N818 - `except NotPossible` says what it is
    """An import cannot begin, or not go on. `message`, `allowed` and `do` are for people."""

    def __init__(self, code: str, *, where: str = "") -> None:
        reason = CANNOT[code]
        self.code = code
        self.message = f"{reason.message} ({where})" if where else reason.message
        self.allowed = reason.allowed
        self.do = reason.do
        super().__init__(f"{code}: {self.message}")
