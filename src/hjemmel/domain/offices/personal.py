from hjemmel.domain.offices import lookups
from hjemmel.kernel import catalog

catalog.statements(lookups.statements)
