from django.http import QueryDict

from hjemmel.faces.look.conflicts import differences, untouched
from tests.faces.look.samples import Joining

TYPED = (
    "given_name=Åse&family_name=Vik&birth_date=14.03.1988&email=ase@example.org&kind=family&how=web"
    "&interests=walk&interests=course&note=To%0Alinjer&version=3"
)
STORED = {"given_name": "Åse", "family_name": "Li", "kind": "full", "accept": True}


def test_only_what_differs_is_put_up_for_choice():
    found = differences(Joining(QueryDict(TYPED)), stored=STORED)
    assert [(one.name, one.yours_shown, one.theirs_shown) for one in found] == [
        ("family_name", "Vik", "Li"),
        ("kind", "Familiemedlem", "Hovedmedlem"),
        ("accept", "Nei", "Ja"),
    ]


def test_nothing_typed_is_lost():
    form = Joining(QueryDict(TYPED))
    found = differences(form, stored=STORED)
    sent = untouched(form, but=found, besides=frozenset({"version"}))
    sent += [(one.name, one.yours) for one in found if one.yours] + [("version", "3")]
    again = QueryDict(mutable=True)
    for name, value in sent:
        again.appendlist(name, value)
    typed = QueryDict(TYPED)
    assert {name: typed.getlist(name) for name in typed} == {name: again.getlist(name) for name in again}
