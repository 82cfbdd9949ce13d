from hjemmel.kernel import catalog
from hjemmel.kernel.disclosure import build, giving
from hjemmel.kernel.disclosure.models import Channel, Disclosure, Party, Told

RULE = "a declared rule, not a person"
PUBLIC = "recipients and what they get are public in the statement"
KEPT = "read by those who give data away, and those responsible; written by functions"
DONE = "that data were given, not whose: that stands in the log"

catalog.open_table(
    Party, because=PUBLIC, plain=dict.fromkeys([f.name for f in Party._meta.concrete_fields], RULE)
)
catalog.open_table(
    Channel, because=PUBLIC, plain=dict.fromkeys([f.name for f in Channel._meta.concrete_fields], RULE)
)
catalog.open_table(
    Disclosure,
    because=KEPT,
    rows=build.SEES.format(activity="activity"),
    plain=dict.fromkeys([f.name for f in Disclosure._meta.concrete_fields], DONE),
)
catalog.open_table(
    Told,
    because=KEPT,
    rows="disclosure_id in (select id from public.disclosure_disclosure)",
    plain=dict.fromkeys([f.name for f in Told._meta.concrete_fields], DONE),
)
catalog.statements(build.statements)
catalog.statements(giving.statements)
catalog.calls(
    "kernel.disclosing()",
    "kernel.disclosure_hindrance(text)",
    because="what the actor's own duties let her give away, and what stands in the way",
)
catalog.calls(
    "kernel.disclosure_count(text,bigint,bigint,boolean)",
    "kernel.disclose(text,bigint,bigint,boolean,boolean)",
    because="of those whose data, all that are declared, the actor sees and may export",
)
catalog.calls(
    "kernel.disclosures_of(bigint)",
    because="to the subject herself, and to those whose duties hold the log of her",
)
catalog.calls(
    "kernel.disclosure_gone(bigint)",
    "kernel.disclosure_tell(bigint)",
    because="lines of a file, without whose they are, to those who see the disclosure",
)
