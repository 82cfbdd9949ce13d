from django.utils.translation import gettext_lazy as _

from hjemmel.kernel import catalog
from hjemmel.kernel.units.models import Succession, Tenure, Unit

UNIT = "a unit of the organisation, not a person"

catalog.open_table(
    Unit,
    because="the tree of units is public in the organisation",
    plain=dict.fromkeys(("id", "kind", "name", "parent", "ancestors", "opened_on", "closed_on"), UNIT),
)
catalog.open_table(
    Succession,
    because="the history of units is public in the organisation",
    plain=dict.fromkeys(("id", "predecessor", "successor", "happened_on"), UNIT),
)
catalog.event("tenure.started", Tenure, on="starts_on")
catalog.event("tenure.ended", Tenure, on="ends_on", day_after=True)
catalog.table(
    Tenure,
    record="tenure",
    subject="subject",
    unit="unit",
    since="tenure.started",
    ended="tenure.ended",
    reviewed="reviewed_on",
    entry=("unit",),
    data={
        "office": "office.held",
        "unit": "office.held",
        "starts_on": "office.dates",
        "ends_on": "office.dates",
        "reviewed_on": "office.dates",
    },
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "whose row it is",
    },
)
UNIT_NAME = "(select u.name from public.units_unit u where u.id = r.unit_id)"
catalog.hands(
    Tenure,
    "office.held",
    catalog.Shown(_("Office"), "r.office", offices=True),
    catalog.Shown(_("Unit of the office"), UNIT_NAME),
)
catalog.hands(
    Tenure,
    "office.dates",
    catalog.Shown(_("First day in office"), "r.starts_on"),
    catalog.Shown(_("Last day in office"), "r.ends_on"),
)
catalog.calls("kernel.root_unit()", because="units are public in the statement")
