"""The declaration as values: frozen, compared by content, free of files and lines.

What is a set has no order and is a frozenset; what is shown to people in an order is a tuple in that order.
`None` for a subset of data or purposes means all that the activity declares.
"""

from hjemmel.declaration.model.activity import (
    Activity,
    Assessment,
    Basis,
    DataUse,
    Disclosure,
    Duty,
    Keep,
    KeptIn,
    Purpose,
    Reason,
    SubjectBasis,
)
from hjemmel.declaration.model.declaration import (
    Declaration,
)
from hjemmel.declaration.model.organisation import (
    MONTH,
    Agreement,
    Contact,
    Controller,
    Cookie,
    Mail,
    Measure,
    Office,
    Organisation,
    Paragraph,
    Recipient,
    UnitKind,
)
from hjemmel.declaration.model.words import (
    ASSESSMENT_KINDS,
    AT_END,
    AT_REQUEST,
    COOKIE_KINDS,
    COUNT_FROM,
    LANGUAGES,
    MAY,
    PLACES,
    REACH,
    RECIPIENT_KINDS,
    SEES,
    Text,
)

__all__ = [
    "ASSESSMENT_KINDS",
    "AT_END",
    "AT_REQUEST",
    "COOKIE_KINDS",
    "COUNT_FROM",
    "LANGUAGES",
    "MAY",
    "MONTH",
    "PLACES",
    "REACH",
    "RECIPIENT_KINDS",
    "SEES",
    "Activity",
    "Agreement",
    "Assessment",
    "Basis",
    "Contact",
    "Controller",
    "Cookie",
    "DataUse",
    "Declaration",
    "Disclosure",
    "Duty",
    "Keep",
    "KeptIn",
    "Mail",
    "Measure",
    "Office",
    "Organisation",
    "Paragraph",
    "Purpose",
    "Reason",
    "Recipient",
    "SubjectBasis",
    "Text",
    "UnitKind",
]
