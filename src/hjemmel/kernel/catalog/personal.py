from hjemmel.kernel import catalog
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.clock.models import Installation

catalog.open_table(
    Installation,
    because="says what this register is",
    plain=dict.fromkeys(("id", "kind", "made_at"), "the installation, not a person"),
)
catalog.open_table(
    Datum,
    because="the kinds of data are public in the statement",
    plain=dict.fromkeys(("name", "position"), "a kind of datum"),
)
