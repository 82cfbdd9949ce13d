"""Words with a fixed set of values, for the tables and for whoever shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a datum came from (PER-04), kept beside the datum and held as long as it."""

    SELF_WEB = "self_web", _("the person, on the web")
    SELF_PAPER = "self_paper", _("the person, on paper")
    SELF_EMAIL = "self_email", _("the person, by e-mail")
    SELF_PHONE = "self_phone", _("the person, by phone")
    SELF_IN_PERSON = "self_in_person", _("the person, face to face")
    OTHER_PERSON = "other_person", _("somebody else")
    UNIT_LIST = "unit_list", _("a local unit’s list")
    PARTNER = "partner", _("a partner organisation")
    GIVING_SERVICE = "giving_service", _("a giving service")
    BANK_SLIP = "bank_slip", _("a bank slip")
    SOCIAL_MEDIA = "social_media", _("social media")
    PORTAL = "portal", _("a recruitment portal")
    OPEN_SOURCE = "open_source", _("open sources")
    OWN_COLLECTION = "own_collection", _("our own collection")


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class ContactKind(models.TextChoices):
    """What a contact point is for."""

    PRIVATE = "private", _("Private")
    WORK = "work", _("Work")
    GUARDIAN = "guardian", _("Parent or guardian")
