"""Floor 0: the language of declarations. Pure Python, no Django, no database.

Text becomes a model, the model is checked, and rules and the public statement are drawn from it. It imports
nothing of the floors above.
"""

from hjemmel.declaration.check import Known
from hjemmel.declaration.diff import Change, changes
from hjemmel.declaration.findings import DeclarationError, Finding
from hjemmel.declaration.load import check, judge, load, load_texts, presets, recall, texts_of
from hjemmel.declaration.model import (
    Activity,
    Agreement,
    Assessment,
    Basis,
    Contact,
    Controller,
    Cookie,
    DataUse,
    Declaration,
    Disclosure,
    Duty,
    Keep,
    KeptIn,
    Measure,
    Office,
    Organisation,
    Paragraph,
    Purpose,
    Reason,
    Recipient,
    SubjectBasis,
    Text,
    UnitKind,
)
from hjemmel.declaration.period import Period
from hjemmel.declaration.render import (
    Sight,
    document,
    keep_sentence,
    languages,
    sentences,
    statement,
    who_sees,
)
from hjemmel.declaration.rules import Rule, rules
from hjemmel.declaration.vocabulary import Vocabulary, vocabulary
from hjemmel.declaration.write import dump

__all__ = [
    "Activity",
    "Agreement",
    "Assessment",
    "Basis",
    "Change",
    "Contact",
    "Controller",
    "Cookie",
    "DataUse",
    "Declaration",
    "DeclarationError",
    "Disclosure",
    "Duty",
    "Finding",
    "Keep",
    "KeptIn",
    "Known",
    "Measure",
    "Office",
    "Organisation",
    "Paragraph",
    "Period",
    "Purpose",
    "Reason",
    "Recipient",
    "Rule",
    "Sight",
    "SubjectBasis",
    "Text",
    "UnitKind",
    "Vocabulary",
    "changes",
    "check",
    "document",
    "dump",
    "judge",
    "keep_sentence",
    "languages",
    "load",
    "load_texts",
    "presets",
    "recall",
    "rules",
    "sentences",
    "statement",
    "texts_of",
    "vocabulary",
    "who_sees",
]
