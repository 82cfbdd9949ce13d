"""Who gets data: by agreement or statute, and where (GDPR art. 28 and ch. V)."""

from hjemmel.declaration.addresses import is_web
from hjemmel.declaration.check.case import RECIPIENTS, Case
from hjemmel.declaration.model import Recipient
from hjemmel.declaration.vocabulary import EEA


def check(case: Case) -> None:
    """Note recipients that nothing allows, that lie too far away, or that get nothing."""
    used = {disclosure.to for activity in case.declaration.activities for disclosure in activity.recipients}
    for recipient in case.declaration.recipients:
        name = recipient.name
        if recipient.agreement is None and recipient.statute is None:
            case.add("H070", RECIPIENTS, name, name=name)
        if recipient.place not in EEA and recipient.transfer is None:
            case.add(
                "H071", RECIPIENTS, f"{name}.place", allowed=sorted(EEA), name=name, country=recipient.place
            )
        # A controller can be named without getting anything from us: people reach us through such services.
        if name not in used and not recipient.serves_all and recipient.kind != "controller":
            case.add("H073", RECIPIENTS, name, name=name)
        if recipient.kind == "controller" and recipient.statement is None:
            case.add("H075", RECIPIENTS, name, name=name)
        if recipient.statement and not is_web(recipient.statement):
            case.add("H076", RECIPIENTS, f"{name}.statement", value=recipient.statement)
        _audit(case, recipient)


def _audit(case: Case, recipient: Recipient) -> None:
    """A processor is looked over every so often: from the last time, or from when the agreement began."""
    last = recipient.audited or (recipient.agreement.since if recipient.agreement else None)
    if recipient.audit is None or last is None:
        return
    due = recipient.audit.add_to(last)
    if due < case.declaration.organisation.changed:
        case.add("H074", RECIPIENTS, f"{recipient.name}.audit", name=recipient.name, due=due)
