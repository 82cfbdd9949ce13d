"""Words that suit an organisation: "stilling" where nobody holds an elected office, and the like."""

from collections.abc import Iterator
from dataclasses import replace

from hjemmel.declaration.model import Activity, Declaration, Text
from hjemmel.declaration.render.language import Language
from hjemmel.declaration.render.naming import group_of, groups
from hjemmel.declaration.vocabulary import Variant, vocabulary


def suited(words: Language, declaration: Declaration) -> Language:
    """Return a language with the words that suit a declaration instead of those that suit most."""
    return replace(words, instead=dict(_instead(declaration)))


def _instead(declaration: Declaration) -> Iterator[tuple[Text, Text]]:
    """Yield each text that another stands for, with the other."""
    known = vocabulary()
    for variant in known.variants:
        for name, (one, the) in variant.data.items():
            if _alone(variant, [a for a in declaration.activities if name in a.names]):
                yield from ((known.data[name].one, one), (known.data[name].the, the))
        for name, (one, the) in variant.records.items():
            record = known.records[name]
            if _alone(variant, [a for a in declaration.activities if name in {k.what for k in a.keep}]):
                yield from ((record.one, one), (record.the, the))
                yield from ((record.events[e], t) for e, t in variant.events.items() if e in record.events)
        for name, title in variant.groups.items():
            if _alone(variant, [a for a in declaration.activities if name in map(group_of, a.names)]):
                yield groups()[name].title, title


def _alone(variant: Variant, activities: list[Activity]) -> bool:
    """Return whether these activities are of no others than the subjects of a variant."""
    return {subject for activity in activities for subject in activity.subjects} <= variant.subjects
