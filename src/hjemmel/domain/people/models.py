from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from hjemmel.domain.people.enums import ContactKind, Gender, Source
from hjemmel.kernel.clock import days
from hjemmel.kernel.subjects.models import Guarded, Record, Subject
from hjemmel.kernel.units.models import Unit


class Person(Guarded):
    """One person. Its id is the subject's. Every personal column can be NULL: hidden, or gone."""

    subject = models.OneToOneField(
        Subject, primary_key=True, db_column="id", on_delete=models.PROTECT, related_name="person"
    )
    given_name = models.CharField(max_length=100, null=True)
    middle_name = models.CharField(max_length=100, null=True)
    family_name = models.CharField(max_length=100, null=True)
    display_name = models.CharField(max_length=302, null=True)
    sort_key = models.CharField(max_length=320, null=True, db_collation="C")
    search_key = models.CharField(max_length=320, null=True, db_collation="C")
    name_source = models.CharField(max_length=20, choices=Source.choices, null=True)
    birth_date = models.DateField(null=True)
    birth_date_source = models.CharField(max_length=20, choices=Source.choices, null=True)
    gender = models.CharField(max_length=6, choices=Gender.choices, null=True)
    gender_source = models.CharField(max_length=20, choices=Source.choices, null=True)
    language = models.CharField(max_length=2, null=True)
    municipality = models.CharField(max_length=4, null=True)
    employer = models.CharField(max_length=200, null=True)
    employer_source = models.CharField(max_length=20, choices=Source.choices, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "subject"], name="people_person_by_name"),
            models.Index(fields=["search_key"], name="people_person_by_words"),
            models.Index(fields=["birth_date", "subject"], name="people_person_by_birth_date"),
            models.Index(fields=["gender", "subject"], name="people_person_by_gender"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="people_person_by_likeness"),
        ]
        constraints = [days.born("people_person_days", "birth_date")]


class ContactPoint(Record):
    """What e-mail addresses, phone numbers and postal addresses have in common."""

    Kind = ContactKind

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PRIVATE, null=True)
    main = models.BooleanField(default=True, null=True)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    source = models.CharField(max_length=20, choices=Source.choices, null=True)

    class Meta:
        abstract = True
        constraints = [days.within("%(app_label)s_%(class)s_days", "from_date", "to_date")]


class Email(ContactPoint):
    """An e-mail address as written; compared without case through `matching`."""

    address = models.CharField(max_length=254, null=True)
    matching = models.CharField(max_length=254, null=True, db_collation="C")

    class Meta(ContactPoint.Meta):
        indexes = [
            models.Index(fields=["matching"], name="people_email_by_address"),
            models.Index(fields=["subject"], name="people_email_of_subject"),
        ]


class Phone(ContactPoint):
    """A phone number in E.164."""

    number = models.CharField(max_length=20, null=True, db_collation="C")

    class Meta(ContactPoint.Meta):
        indexes = [
            models.Index(fields=["number"], name="people_phone_by_number"),
            models.Index(fields=["subject"], name="people_phone_of_subject"),
        ]


class PostalAddress(ContactPoint):
    """A postal address; a Norwegian one has a postcode of four digits and NO as country."""

    lines = models.CharField(max_length=300, null=True)
    postcode = models.CharField(max_length=12, null=True)
    place = models.CharField(max_length=100, null=True)
    country = models.CharField(max_length=2, default="NO", null=True)

    class Meta(ContactPoint.Meta):
        indexes = [models.Index(fields=["subject"], name="people_address_of_subject")]


class Contact(Record):
    """Why somebody who is neither member nor officer is in the register: an enquiry, a partner, a contact.
    `reviewed_on` starts its time again, by somebody's decision.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    reason = models.CharField(max_length=200, null=True)
    since = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    source = models.CharField(max_length=20, choices=Source.choices, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="people_contact_of_subject"),
            models.Index(
                Coalesce("reviewed_on", "since"),
                condition=models.Q(ended_on__isnull=True),
                name="people_contact_by_review",
            ),
        ]
        constraints = [days.within("people_contact_days", "since", "reviewed_on", "ended_on")]
