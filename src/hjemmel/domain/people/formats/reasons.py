"""The texts of every refusal, in Norwegian bokmål. Another language is another dict with the same keys."""

from typing import Final, NamedTuple

from hjemmel.kernel.clock import days


class Reason(NamedTuple):
    """What is wrong, what is accepted, what to do: each a full sentence without the value."""

    message: str
    allowed: str
    do: str


_SPREADSHEET: Final = "Regnearket har gjort verdien om til et tall."
_AS_TEXT: Final = "Gjør kolonnen om til tekst i regnearket, fyll inn på nytt og lagre."
_CORRECT: Final = "Rett verdien, eller la feltet stå tomt."

_ELEVEN: Final = "Fødselsnummer eller D-nummer med 11 siffer."
_ASK: Final = "Sjekk nummeret med personen, eller la feltet stå tomt."
_PHONE: Final = "Åtte siffer, eller + og landkode for utenlandske numre."
_EMAIL: Final = "En adresse som navn@example.org."
_DATE: Final = "Datoer som 14.03.2001, 2001-03-14 eller 14. mars 2001."
_NAME: Final = "Navn med bokstaver, mellomrom, bindestrek, punktum og apostrof."
_ACCOUNT: Final = "Norsk kontonummer med 11 siffer."
_POSTCODE: Final = "Norsk postnummer med fire siffer."

NB: Final[dict[str, Reason]] = {
    "national_id.empty": Reason("Nummeret mangler.", _ELEVEN, _ASK),
    "national_id.not_digits": Reason("Nummeret har andre tegn enn siffer.", _ELEVEN, _ASK),
    "national_id.spreadsheet": Reason(_SPREADSHEET, _ELEVEN, _AS_TEXT),
    "national_id.too_short": Reason(
        "Nummeret har for få siffer.", _ELEVEN,
        "Mangler bare ett siffer, har regnearket ofte fjernet nullen foran. Skriv alle 11 sifrene som tekst.",
    ),
    "national_id.too_long": Reason("Nummeret har for mange siffer.", _ELEVEN, _ASK),
    "national_id.date": Reason("De seks første sifrene er ikke en dato.", _ELEVEN, _ASK),
    "national_id.checksum": Reason("Kontrollsifrene stemmer ikke.", _ELEVEN, _ASK),
    "national_id.fh_number": Reason(
        "Dette er et FH-nummer, som bare brukes i helsetjenesten.", _ELEVEN, "La feltet stå tomt."
    ),
    "national_id.help_number": Reason(
        "Dette er et hjelpenummer (H-nummer) eller et testnummer.", _ELEVEN, "La feltet stå tomt."
    ),
    "national_id.synthetic": Reason(
        "Dette er et testnummer, ikke et nummer for en virkelig person.", _ELEVEN, "La feltet stå tomt."
    ),
    "national_id.real": Reason(
        "Nummeret kan tilhøre en virkelig person. Slike skal ikke inn i en demonstrasjon.",
        "Testnumre, der måneden er økt med 80 eller 40.", "Bruk et testnummer, eller la feltet stå tomt.",
    ),
    "phone.empty": Reason("Telefonnummeret mangler.", _PHONE, _CORRECT),
    "phone.letters": Reason("Telefonnummeret har bokstaver eller andre tegn.", _PHONE, _CORRECT),
    "phone.spreadsheet": Reason(_SPREADSHEET, _PHONE, _AS_TEXT),
    "phone.too_short": Reason("Telefonnummeret har for få siffer.", _PHONE, _CORRECT),
    "phone.too_long": Reason("Telefonnummeret har for mange siffer.", _PHONE, _CORRECT),
    "phone.impossible": Reason("Telefonnummeret finnes ikke.", _PHONE, _CORRECT),
    "email.empty": Reason("E-postadressen mangler.", _EMAIL, _CORRECT),
    "email.no_at": Reason("E-postadressen skal ha nøyaktig én krøllalfa (@).", _EMAIL, _CORRECT),
    "email.space": Reason("E-postadressen har mellomrom eller ulovlige tegn.", _EMAIL, _CORRECT),
    "email.local": Reason("Det som står foran krøllalfa (@), er ikke gyldig.", _EMAIL, _CORRECT),
    "email.not_ascii": Reason(
        "Det som står foran krøllalfa (@), har bokstaver som de fleste e-posttjenester avviser.", _EMAIL,
        "Sjekk adressen med personen. Ofte skal det stå a, o eller e.",
    ),
    "email.domain": Reason("Det som står bak krøllalfa (@), er ikke et gyldig domene.", _EMAIL, _CORRECT),
    "email.too_long": Reason("E-postadressen er for lang.", "Høyst 254 tegn.", _CORRECT),
    "name.empty": Reason("Navnet mangler.", _NAME, "Fyll inn navnet."),
    "name.not_a_name": Reason("Navnet har tall eller tegn som ikke hører til i et navn.", _NAME,
                              "Sjekk at kolonnene ikke er forskjøvet, og rett navnet."),
    "name.too_long": Reason("Navnet er for langt.", "Høyst 100 tegn i hver del.", "Kort ned navnet."),
    "date.empty": Reason("Datoen mangler.", _DATE, _CORRECT),
    "date.unknown_style": Reason("Datoen er skrevet på en måte vi ikke kjenner.", _DATE, _CORRECT),
    "date.spreadsheet": Reason(
        "Regnearket har gjort datoen om til et tall eller til #-tegn.", _DATE,
        "Gi kolonnen datoformat i regnearket, gjør den bredere og lagre på nytt.",
    ),
    "date.month_first": Reason(
        "Måneden er større enn 12. Datoen ser ut til å ha måneden først.", "Dagen først, så måneden.",
        "Skriv datoen som 14.03.2001 eller 2001-03-14.",
    ),
    "date.no_such_day": Reason("Datoen finnes ikke i kalenderen.", _DATE, _CORRECT),
    "date.two_digit_year": Reason("Året har bare to siffer.", "Året med fire siffer.",
                                  "Skriv året med fire siffer, som 2001."),
    "date.year": Reason("Året er urimelig.", f"År fra {days.FIRST.year} til {days.LAST.year}.", _CORRECT),
    "date.future": Reason("Fødselsdatoen ligger i framtiden.", "Datoer til og med i dag.", _CORRECT),
    "date.too_old": Reason("Fødselsdatoen er mer enn 125 år tilbake.", "Datoer i de siste 125 årene.",
                           _CORRECT),
    "postal.postcode": Reason("Postnummeret er ikke fire siffer.", _POSTCODE,
                              "Rett postnummeret. For adresser i utlandet: fyll inn land."),
    "postal.country": Reason("Vi kjenner ikke landet.", "Landets navn eller de to bokstavene for landet.",
                             "Rett landet, eller la det stå tomt for Norge."),
    "postal.too_long": Reason("Adressen er for lang.", "Høyst fire linjer på til sammen 300 tegn.",
                              "Kort ned adressen."),
    "gender.unknown": Reason("Vi kjenner ikke verdien for kjønn.", "Kvinne, mann, annet, K eller M.",
                             _CORRECT),
    "language.unknown": Reason("Vi kjenner ikke språket.", "Navn på språk, som bokmål, nynorsk og engelsk.",
                               _CORRECT),
    "bank_account.empty": Reason("Kontonummeret mangler.", _ACCOUNT, _CORRECT),
    "bank_account.not_digits": Reason("Kontonummeret har andre tegn enn siffer.", _ACCOUNT, _CORRECT),
    "bank_account.spreadsheet": Reason(_SPREADSHEET, _ACCOUNT, _AS_TEXT),
    "bank_account.length": Reason("Kontonummeret har ikke 11 siffer.", _ACCOUNT, _CORRECT),
    "bank_account.checksum": Reason("Kontrollsifferet stemmer ikke.", _ACCOUNT, _CORRECT),
}  # fmt: skip
