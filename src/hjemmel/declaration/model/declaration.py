"""All of it together."""

from dataclasses import dataclass

from hjemmel.declaration.model.activity import Activity
from hjemmel.declaration.model.named import named
from hjemmel.declaration.model.organisation import (
    Controller,
    Measure,
    Office,
    Organisation,
    Recipient,
    UnitKind,
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Everything an organisation declares. `digest` is the SHA-256 (hex) of the content, not of its text."""

    organisation: Organisation
    unit_kinds: tuple[UnitKind, ...]
    offices: tuple[Office, ...]
    recipients: tuple[Recipient, ...]
    activities: tuple[Activity, ...]
    digest: str = ""

    @property
    def active(self) -> tuple[Activity, ...]:
        """The activities that are enforced and published, in the order of the statement."""
        return tuple(activity for activity in self.activities if not activity.planned)

    @property
    def planned(self) -> tuple[Activity, ...]:
        """The activities that are declared, and neither enforced nor published yet."""
        return tuple(activity for activity in self.activities if activity.planned)

    def for_others(self, activity: Activity) -> bool:
        """Return whether an activity is run for other controllers only: the record of GDPR art. 30 no. 2."""
        others = {each.name for each in self.organisation.controllers if each.agreement is not None}
        return set(activity.controllers) <= others

    def measures(self, activity: Activity) -> tuple[Measure, ...]:
        """Return the security measures that protect an activity, in the order of the organisation."""
        chosen = activity.measures
        return tuple(each for each in self.organisation.measures if not chosen or each.name in chosen)

    def activity(self, name: str) -> Activity:
        """Return the activity of that name. Raises KeyError."""
        return named(self.activities, name)

    def office(self, name: str) -> Office:
        """Return the office of that name. Raises KeyError."""
        return named(self.offices, name)

    def unit_kind(self, name: str) -> UnitKind:
        """Return the kind of unit of that name. Raises KeyError."""
        return named(self.unit_kinds, name)

    def recipient(self, name: str) -> Recipient:
        """Return the recipient of that name. Raises KeyError."""
        return named(self.recipients, name)

    def controller(self, name: str) -> Controller:
        """Return the controller of that name. Raises KeyError."""
        return named(self.organisation.controllers, name)
