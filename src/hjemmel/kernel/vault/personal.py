from hjemmel.kernel import catalog
from hjemmel.kernel.vault import build
from hjemmel.kernel.vault.models import Generation, Key, Sealed

catalog.open_table(
    Generation,
    because="which master keys may still wrap",
    app="none",
    plain=dict.fromkeys(("id", "oldest"), "a generation of master keys, not a person"),
)
catalog.table(
    Key,
    subject="subject",
    plain={
        "subject": "whose key it is",
        "wrapped": "a key that opens nothing without the master key",
        "generation": "which master key wrapped it",
    },
)
catalog.table(
    Sealed,
    subject="subject",
    datum_column="datum",
    sealed=("person.national_id", "person.bank_account"),
    data={"value": catalog.ROW_DATUM, "digest": catalog.ROW_DATUM},
    plain={
        "id": "random, carries no meaning",
        "version": "counts changes of the row",
        "subject": "whose row it is",
        "datum": "the kind of datum, not its value",
    },
)
catalog.statements(build.statements)
catalog.calls(
    "kernel.log_lookup(bigint,text)",
    "kernel.find_sealed(text,bytea)",
    because="a look-up of what the actor sees is written down; only those whose datum she sees are found",
)
