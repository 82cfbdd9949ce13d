"""The person that a command is about, as one writes it: member number or id."""

import re

from hjemmel.faces.cli.frame import Cannot

HIGHEST = 2**63 - 1  # of an id


def subject(asked: str) -> int:
    """Return the id of a person by member number or id. Raises Cannot where several have the number."""
    from hjemmel.domain.members.queries import numbered  # noqa: PLC0415 - it needs the models

    found = numbered(number(asked))
    if len(found) > 1:
        raise Cannot("Flere har det medlemsnummeret. Bruk id-en til den du mener.")
    return found[0] if found else int(asked)


def number(asked: str) -> int:
    """Return a number as one writes it. Raises Cannot."""
    if not re.fullmatch(r"[0-9]{1,19}", asked) or int(asked) > HIGHEST:
        raise Cannot("Skriv medlemsnummeret eller id-en med bare sifre.")
    return int(asked)
