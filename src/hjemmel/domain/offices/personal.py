from hjemmel.domain.offices import lookups
from hjemmel.kernel import catalog

catalog.statements(lookups.statements)
catalog.calls("kernel.own_reach()", "kernel.own_tenures()", because="the actor's own offices")
