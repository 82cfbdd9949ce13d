from django.utils.translation import gettext_lazy as _

from hjemmel.domain.members import lookups
from hjemmel.domain.members.enums import MembershipKind
from hjemmel.domain.members.models import Membership
from hjemmel.kernel import catalog

catalog.event("membership.joined", Membership, on="joined_on")
catalog.event("membership.ended", Membership, on="left_on")
catalog.elsewhere("membership.status", reason="follows from the dates")
catalog.table(
    Membership,
    record="membership",
    subject="subject",
    unit="unit",
    since="membership.joined",
    ended="membership.ended",
    reviewed="reviewed_on",
    others={"recruiter": "recruiter"},
    entry=("unit", "number"),
    data={
        "unit": "membership.unit",
        "number": "membership.number",
        "kind": "membership.type",
        "joined_on": "membership.dates",
        "joined_organisation_on": "membership.dates",
        "left_on": "membership.dates",
        "reviewed_on": "membership.dates",
        "joined_how": "membership.joined_how",
        "leaving": "membership.leaving",
        "leaving_reason": "membership.leaving_reason",
        "recruiter": "membership.recruiter",
        "earlier": "membership.earlier",
    },
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "whose row it is",
    },
)
UNIT = "(select u.name from public.units_unit u where u.id = r.unit_id)"
catalog.hands(Membership, "membership.number", catalog.Shown(_("Member number"), "r.number"))
catalog.hands(
    Membership,
    "membership.type",
    catalog.Shown(_("Type of membership"), "r.kind", {str(k): k.label for k in MembershipKind}),
)
catalog.hands(
    Membership,
    "membership.dates",
    catalog.Shown(_("Joined"), "r.joined_on"),
    catalog.Shown(_("Joined the organisation"), "r.joined_organisation_on"),
    catalog.Shown(_("Left"), "r.left_on"),
)
catalog.hands(Membership, "membership.unit", catalog.Shown(_("Unit"), UNIT))
catalog.statements(lookups.statements)
catalog.calls(
    "kernel.find_number(bigint,integer)",
    "kernel.member_number(bigint)",
    "kernel.undo_leaving(bigint)",
    "kernel.unit_counts(bigint,boolean,text)",
    "kernel.unit_page(bigint,boolean,text,text,boolean,integer,integer)",
    because="finds, lists and counts those whose membership the actor sees; writes what she may change",
)
