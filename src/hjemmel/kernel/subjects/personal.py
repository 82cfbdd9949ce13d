from hjemmel.kernel import catalog
from hjemmel.kernel.subjects.models import Subject

catalog.table(
    Subject,
    subject="id",
    plain={
        "id": "random, carries no meaning",
        "shielded": "says how to treat the person, nothing of who it is",
        "restricted": "says how to treat the person, nothing of who it is",
        "gone_on": "the day an id without a person was left",
    },
)
