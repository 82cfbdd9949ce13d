"""Who gets data: by agreement or statute, and where (GDPR art. 28 and ch. V)."""

from hjemmel.declaration.check.case import RECIPIENTS, Case
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
        if name not in used and not recipient.serves_all:
            case.add("H073", RECIPIENTS, name, name=name)
