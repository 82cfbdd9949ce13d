"""Addresses that people are sent to."""

from email.utils import parseaddr

from hjemmel.declaration.addresses import is_mail, is_web
from hjemmel.declaration.check.case import ORGANISATION, Case


def check(case: Case) -> None:
    """Note what is no address of a web page or of a mailbox."""
    organisation = case.declaration.organisation
    contact, mail = organisation.contact, organisation.mail
    if contact.web and not is_web(contact.web):
        case.add("H076", ORGANISATION, "contact.web", value=contact.web)
    if contact.email and not is_mail(contact.email):
        case.add("H077", ORGANISATION, "contact.email", value=contact.email)
    if mail is None:
        return
    if mail.sender and not is_mail(parseaddr(mail.sender)[1]):
        case.add("H077", ORGANISATION, "mail.sender", value=mail.sender)
    if mail.reply_to and not is_mail(mail.reply_to):
        case.add("H077", ORGANISATION, "mail.reply_to", value=mail.reply_to)
