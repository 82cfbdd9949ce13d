from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people import lookups
from hjemmel.domain.people.enums import Gender
from hjemmel.domain.people.models import Contact, Email, Person, Phone, PostalAddress
from hjemmel.kernel import catalog

ROW = {
    "id": "random, carries no meaning",
    "version": "counts changes of the row",
    "subject": "whose row it is",
}


def _point(datum: str, *fields: str) -> dict[str, str]:
    return dict.fromkeys((*fields, "kind", "main", "from_date", "to_date", "source"), datum)


catalog.table(
    Person,
    subject="subject",
    entry=("birth_date", "birth_date_source", "gender", "gender_source"),
    data={
        "given_name": "person.name",
        "middle_name": "person.name",
        "family_name": "person.name",
        "display_name": "person.name",
        "sort_key": "person.name",
        "search_key": "person.name",
        "name_source": "person.name",
        "birth_date": "person.birth_date",
        "birth_date_source": "person.birth_date",
        "gender": "person.gender",
        "gender_source": "person.gender",
        "language": "person.language",
        "municipality": "person.municipality",
        "employer": "person.employer",
        "employer_source": "person.employer",
    },
    plain={"subject": "random, carries no meaning", "version": "counts changes of the row"},
)
catalog.table(Email, subject="subject", data=_point("person.email", "address", "matching"), plain=ROW)
catalog.table(Phone, subject="subject", data=_point("person.phone", "number"), plain=ROW)
catalog.table(
    PostalAddress,
    subject="subject",
    data=_point("person.postal_address", "lines", "postcode", "place", "country"),
    plain=ROW,
)
# One address of each kind: the main one, else another that is in use.
IN_USE = "coalesce(r.to_date > kernel.today(), true) order by r.main desc nulls last, r.id"
catalog.hands(
    Person,
    "person.name",
    catalog.Shown(_("Family name"), "r.family_name"),
    catalog.Shown(_("Given names"), "concat_ws(' ', r.given_name, r.middle_name)"),
)
catalog.hands(Person, "person.birth_date", catalog.Shown(_("Birth date"), "r.birth_date"))
catalog.hands(
    Person, "person.gender", catalog.Shown(_("Gender"), "r.gender", {str(k): k.label for k in Gender})
)
catalog.hands(Person, "person.employer", catalog.Shown(_("Employer"), "r.employer"))
catalog.hands(Person, "person.municipality", catalog.Shown(_("Municipality"), "r.municipality"))
catalog.hands(
    PostalAddress,
    "person.postal_address",
    catalog.Shown(_("Address"), "r.lines"),
    catalog.Shown(_("Postcode"), "r.postcode"),
    catalog.Shown(_("Place"), "r.place"),
    catalog.Shown(_("Country"), "r.country"),
    where=IN_USE,
)
catalog.hands(Email, "person.email", catalog.Shown(_("E-mail"), "r.address"), where=IN_USE)
catalog.hands(Phone, "person.phone", catalog.Shown(_("Phone"), "r.number"), where=IN_USE)
catalog.event("contact.since", Contact, on="since")
catalog.event("contact.ended", Contact, on="ended_on")
catalog.event("contact.reviewed", Contact, on="reviewed_on")
catalog.table(
    Contact,
    record="contact",
    subject="subject",
    unit="unit",
    since="contact.since",
    ended="contact.ended",
    reviewed="reviewed_on",
    entry=("unit",),
    data={
        "reason": "contact.reason",
        "source": "contact.reason",
        "unit": "contact.reason",
        "since": "contact.dates",
        "reviewed_on": "contact.dates",
        "ended_on": "contact.dates",
    },
    plain=ROW,
)
catalog.statements(lookups.statements)
catalog.calls(
    "kernel.find_address(text,integer)",
    "kernel.find_born(date,integer)",
    "kernel.find_email(text,integer)",
    "kernel.find_like(text,integer)",
    "kernel.find_name(text[],text,text[],integer)",
    "kernel.find_phone(text,integer)",
    "kernel.find_same(text,date,text[],text[],integer)",
    because="finds those of whom the actor sees what she asks by",
)
catalog.calls(
    "kernel.address_words(text,text,text)",
    "kernel.may_write(text,bigint)",
    "kernel.who_sees(bigint)",
    because="words made of words; what the actor's own duties let her do; of herself, who sees her",
)
