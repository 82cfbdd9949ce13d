from hjemmel.kernel import catalog
from hjemmel.kernel.consent import build
from hjemmel.kernel.consent.models import Consent, Wording

catalog.open_table(
    Wording,
    because="the texts people are asked with are public",
    plain=dict.fromkeys(("id", "purpose", "language", "text"), "a text of the organisation"),
)
catalog.event("consent.given", Consent, on="given_on")
catalog.event("consent.withdrawn", Consent, on="withdrawn_on")
catalog.table(
    Consent,
    record="consent",
    subject="subject",
    since="consent.given",
    ended="consent.withdrawn",
    reviewed="reviewed_on",
    data={
        "purpose": "consent.choice",
        "channel": "consent.choice",
        "address": "consent.choice",
        "wording": "consent.choice",
        "given_on": "consent.choice",
        "given_how": "consent.choice",
        "withdrawn_on": "consent.choice",
        "withdrawn_how": "consent.choice",
        "reviewed_on": "consent.choice",
    },
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "whose row it is",
    },
)
catalog.statements(build.statements)
catalog.calls(
    "kernel.give_consent(bigint,bigint,text,text,text,text,text,date,text)",
    "kernel.withdraw_consent(bigint,integer,date,text)",
    because="writes what the actor may change, or says of her own",
)
