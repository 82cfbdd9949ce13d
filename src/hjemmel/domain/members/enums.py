"""Words with a fixed set of values, for the tables and for whoever shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipKind(models.TextChoices):
    """The type of membership."""

    ORDINARY = "ordinary", _("Ordinary member")
    CHILD = "child", _("Child")
    YOUTH = "youth", _("Youth")
    HOUSEHOLD = "household", _("Household member")
    SUPPORTER = "supporter", _("Supporter")


class JoinedHow(models.TextChoices):
    """How somebody joined."""

    WEB = "web", _("On the web")
    PAPER = "paper", _("On paper")
    UNIT_LIST = "unit_list", _("On a local unit’s list")
    EVENT = "event", _("At an event")
    OFFICE = "office", _("Through the office")
    IMPORT = "import", _("Read in from a list")


class LeavingCategory(models.TextChoices):
    """Why a membership ended."""

    LEFT = "left", _("Left")
    TRANSFERRED = "transferred", _("Transferred to a sister organisation")
    OTHER_ORGANISATION = "other_organisation", _("Left for another organisation")
    STRUCK_OFF = "struck_off", _("Struck off for not paying")
    DEAD = "dead", _("Dead")
