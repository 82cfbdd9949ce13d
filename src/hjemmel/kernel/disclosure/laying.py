"""What a declaration says of giving data away, as the rows that the database acts by."""

from collections.abc import Iterable

from hjemmel.declaration import Activity, Declaration, Recipient
from hjemmel.declaration import Disclosure as Declared
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.disclosure.models import Channel, Party
from hjemmel.kernel.grounds.models import Clause

CONSENT = frozenset({"6.1.a", "9.2.a"})


def put(declaration: Declaration, places: dict[str, int]) -> None:
    """Put the declaration's recipients, and what they get through its live clauses, in the place of those
    that are there. For whoever applies it.
    """
    Channel.objects.all().delete()
    Party.objects.all().delete()
    Party.objects.bulk_create([_party(each) for each in declaration.recipients])
    live: dict[str, list[Clause]] = {}
    for clause in Clause.objects.filter(status=Clause.Status.LIVE):
        live.setdefault(clause.activity, []).append(clause)
    Channel.objects.bulk_create(
        channel
        for activity in declaration.active
        for declared in activity.recipients
        for channel in _channels(activity, declared, live.get(activity.name, []), places)
    )


def _party(recipient: Recipient) -> Party:
    agreement = recipient.agreement
    lengths = {"audit": recipient.audit, "delete_within": recipient.delete_within}
    return Party(
        name=recipient.name,
        kind=recipient.kind,
        statute=recipient.statute,
        agreed_on=agreement.since if agreement else None,
        review=str(agreement.review) if agreement else None,
        audited_on=recipient.audited,
        **{name: None if length is None else str(length) for name, length in lengths.items()},
    )


def _channels(
    activity: Activity, declared: Declared, through: Iterable[Clause], places: dict[str, int]
) -> Iterable[Channel]:
    """The disclosure through each clause that holds something of what it gives."""
    given = activity.subset(declared.data)
    articles = [declared.basis.article]
    statutes = [declared.basis.statute] if declared.basis.statute else []
    for clause in through:
        held = frozenset(datum for datum in given if clause.bits[places[datum]] == "1")
        if held:
            yield Channel(
                rule=declared.id,
                activity=activity.name,
                recipient_id=declared.to,
                occasion=declared.when,
                basis=articles,
                statutes=statutes,
                clause=clause,
                bits=bits(places, held),
                consent=not CONSENT.isdisjoint(articles),
            )
