from hjemmel.kernel import catalog
from hjemmel.kernel.journal.models import Batch

catalog.open_table(
    Batch,
    because="which batches of the journal of erasures were committed; names nobody",
    app="none",
    plain=dict.fromkeys(("id", "at"), "a batch of the journal, not a person"),
)
