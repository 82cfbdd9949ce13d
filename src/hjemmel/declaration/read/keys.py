"""The keys of the language: every mapping there is, what may stand in it and what that says.

The readers ask this table what is allowed and required, the schema for editors and the reference are drawn
from it, and nothing else knows. A key is read as the kind it has here, or the reader raises TypeError.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hjemmel.declaration.model import (
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
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the kind of its value, what it says, whether it must be there.

    `of` are the words to choose from, `shape` the mapping that stands there, `words` the list of the
    vocabulary that the value is taken from, `own` what of the declaration itself it refers to. Where the key
    `unless` is there, this one need not be.
    """

    kind: str
    says: str
    need: bool = False
    unless: str = ""
    of: tuple[str, ...] = ()
    shape: str = ""
    words: str = ""
    own: str = ""


Shape = Mapping[str, Key]

# What each kind of value is, for the reference. Also the kinds there are.
KINDS = {
    "name": "a name: small letters, digits and underscores",
    "word": "a text on one line",
    "text": "words in three languages, or one text for all, see [Text](#text)",
    "truth": "`true` or `false`",
    "date": "a date such as 2026-11-23",
    "period": "a duration such as P5Y, P3M or P30D",
    "review": "a duration of a day at least",
    "choice": "one of",
    "words": "a list, or one word",
    "shape": "keys, see",
    "shapes": "a list, see",
    "named": "names of your own, each with keys, see",
    "data": "a list of data, or of `{DATUM: {only_when: CONDITION}}`",
    "duties": "offices, each with keys or a list of them, see",
    "articles": "categories of subjects, each with one article or a list",
    "then": "`delete`, `anonymise` or `{archive: ACTIVITY}`",
    "lasts": "a duration, or `session`: until the browser is closed",
}

ORGANISATION: Shape = {
    "organisation": Key("name", "its name, by which the program knows it", need=True),
    "title": Key("text", "what it is called", need=True),
    "about": Key("text", "what it does, as the statement begins", need=True),
    "reveals": Key("words", "special categories that merely belonging to it reveals", words="special"),
    "controllers": Key(
        "named", "who is responsible; the organisation itself first", need=True, shape="controller"
    ),
    "arrangement": Key("text", "what joint controllers have agreed (GDPR art. 26 no. 2)"),
    "answers": Key("name", "the office that answers for it all", need=True, own="office"),
    "daily": Key("name", "the office that has the daily charge", need=True, own="office"),
    "requests": Key("name", "the office that receives requests", need=True, own="office"),
    "answer_within": Key(
        "period", "how soon a request is answered: a month unless said, never more (art. 12 no. 3)"
    ),
    "undo": Key("review", "how long an erasure by hand can be undone; not at all unless said"),
    "backups": Key("review", "how long a backup can be read; P30D unless said"),
    "backup_keys": Key(
        "review", "how long one of the keys to what is stored encrypted can be; P7D unless said"
    ),
    "contact": Key("shape", "how to reach it about personal data", need=True, shape="contact"),
    "languages": Key("words", "the languages it publishes in; `nb` unless said", of=LANGUAGES),
    "mail": Key("shape", "what e-mail is sent as", need=True, shape="mail"),
    "changed": Key("date", "the day the declaration last changed", need=True),
    "measures": Key("named", "security measures (art. 32)", shape="measure"),
    "cookies": Key("named", "what its pages store in a browser, beyond what log-in needs", shape="cookie"),
    "automatic": Key("text", "what is decided automatically (art. 22); nothing unless said"),
    "children": Key("words", "figures of law that the statement names to children and parents", words="ages"),
    "paragraphs": Key("shape", "its own words at marked places of the statement", shape="paragraphs"),
    "activities": Key("words", "the activities, in the order they are published", need=True, own="activity"),
}
CONTROLLER: Shape = {
    "title": Key("word", "what it is called", need=True),
    "number": Key("word", "its organisation number, nine digits in quotes", need=True),
    "address": Key("word", "where it is", need=True),
    "agreement": Key(
        "shape", "somebody else, whom we process for under this agreement (art. 28)", shape="agreement"
    ),
    "at_end": Key("choice", "what becomes of the data when that agreement ends", of=AT_END),
}
AGREEMENT: Shape = {
    "title": Key("text", "what it is called", need=True),
    "since": Key("date", "from which day", need=True),
    "review": Key("review", "how often somebody looks it through", need=True),
}
CONTACT: Shape = {
    "email": Key("word", "e-mail", need=True),
    "phone": Key("word", "telephone"),
    "post": Key("word", "postal address"),
    "web": Key("word", "address of a form or page"),
}
MAIL: Shape = {
    "sender": Key("word", "whom e-mail comes from", need=True),
    "reply_to": Key("word", "where answers go", need=True),
}
MEASURE: Shape = {
    "title": Key("text", "what is done", need=True),
    "tested": Key("date", "the day it was last tested", need=True),
}
COOKIE: Shape = {
    "title": Key("text", "what it is called in the browser", need=True),
    "does": Key("text", "what it is for", need=True),
    "kind": Key("choice", "all but `necessary` need consent (ekomloven § 3-15)", need=True, of=COOKIE_KINDS),
    "lasts": Key("lasts", "how long it stays", need=True),
    "set_by": Key("word", "who sets it, if not the organisation", own="recipient"),
    "consent": Key("truth", "whether it is set only after consent"),
}
_PLACES = {
    "opening": "at the top",
    "responsible": "where it says who is responsible",
    "promise": "where it says how data are looked after",
    "rights": "where it says which rights people have",
    "complaint": "where it says how to complain",
    "closing": "at the end",
}
PARAGRAPHS: Shape = {place: Key("text", _PLACES[place]) for place in PLACES}
UNIT_KIND: Shape = {
    "title": Key("text", "what such a unit is called", need=True),
    "own": Key("text", "how whoever holds an office there speaks of it", need=True),
    "under": Key("words", "the kinds of unit it lies under", own="unit"),
}
OFFICE: Shape = {
    "title": Key("text", "what its holder is called", need=True),
    "at": Key("words", "the kinds of unit it is held at", need=True, own="unit"),
    "public": Key("truth", "whether it is published who holds it"),
}
RECIPIENT: Shape = {
    "kind": Key(
        "choice",
        "`controller`: responsible in its own right, such as a payment service",
        need=True,
        of=RECIPIENT_KINDS,
    ),
    "title": Key("text", "who it is", need=True),
    "does": Key("text", "what it does with the data", need=True),
    "place": Key("word", "the country, by two letters in quotes (ISO 3166)", need=True),
    "agreement": Key("shape", "the agreement that lets it have them", shape="agreement"),
    "statute": Key("word", "the statute that does", words="statutes"),
    "transfer": Key("word", "the ground for a transfer out of the EEA (GDPR ch. V)"),
    "serves_all": Key("truth", "a processor that every activity runs on, so that none needs to list it"),
    "audit": Key("review", "how often a processor is audited"),
    "audited": Key("date", "when it last was"),
    "statement": Key("word", "the address of a controller's own privacy statement"),
    "delete_within": Key("period", "how soon after use it deletes"),
}
ACTIVITY: Shape = {
    "activity": Key("name", "its name, which is that of the file", need=True),
    "title": Key("text", "its heading", need=True),
    "planned": Key("truth", "neither enforced nor published yet; `sources` and `keep` may wait"),
    "controllers": Key("words", "whose responsibility", need=True, own="controller"),
    "subjects": Key("words", "whose data", need=True, words="subjects"),
    "purposes": Key("named", "why", need=True, shape="purpose"),
    "data": Key("data", "what is held", need=True, words="data"),
    "basis": Key("shapes", "on which legal bases", need=True, shape="basis"),
    "sources": Key("words", "where the data come from", need=True, unless="planned", words="sources"),
    "recipients": Key("shapes", "who gets which of them", shape="disclosure"),
    "duties": Key("duties", "who may do what with them", shape="duty"),
    "keep": Key("shapes", "how long they are kept", need=True, unless="planned", shape="keep"),
    "kept_in": Key("shapes", "what lies outside the register", shape="kept_in"),
    "logged": Key("words", "data whose changes go into the change log", words="data"),
    "assessments": Key("shapes", "assessments made of it", shape="assessment"),
    "measures": Key("words", "the security measures that protect it; all unless said", own="measure"),
    "reasons": Key("shapes", "why a warning or advice of the check is not followed", shape="reason"),
    "notes": Key("text", "a paragraph for the statement"),
}
PURPOSE: Shape = {
    "title": Key("text", "completes “in order to …” (nb “for å …”)", need=True),
    "basis": Key("words", "the articles it rests on, of those under `basis`", need=True, words="articles"),
    "data": Key("words", "the data it may use; all unless said", words="data"),
    "channels": Key("words", "the channels a consent is asked for", words="channels"),
    "by_subject": Key(
        "articles", "other articles, among these, for some categories of subjects", words="subjects"
    ),
}
BASIS: Shape = {
    "article": Key("word", "the article (GDPR), such as `6.1.b`", need=True, words="articles"),
    "statute": Key("word", "the statute; needed for 6.1.c", words="statutes"),
    "for": Key("words", "the data it covers; all unless said", words="data"),
    "interest": Key("text", "completes “our interest in …”; needed for 6.1.f"),
}
DISCLOSURE: Shape = {
    "to": Key("name", "who gets them", need=True, own="recipient"),
    "data": Key("words", "which; all unless said", words="data"),
    "when": Key("word", "on which occasion", need=True, words="occasions"),
    "basis": Key("shape", "on which basis", need=True, shape="basis"),
}
DUTY: Shape = {
    "may": Key("words", "what the holder may do", need=True, of=MAY),
    "sees": Key("choice", "`ended`: those who have left too", of=SEES),
    "data": Key("words", "which data; all unless said", words="data"),
    "purposes": Key("words", "for which purposes; all unless said", own="purpose"),
    "reach": Key("choice", "her unit and all `below`, or the `unit` alone", of=REACH),
}
KEEP: Shape = {
    "what": Key("name", "the record that brings the data", need=True, words="records"),
    "when": Key("word", "the condition on which the rule holds", words="conditions"),
    "data": Key("words", "which data; all unless said", words="data"),
    "for": Key("period", "how long; without it, until somebody who reviews it decides"),
    "after": Key("word", "from which event", words="events"),
    "count_from": Key("choice", "from the day itself, or from the end of its year", of=COUNT_FROM),
    "then": Key("then", "what happens then", need=True),
    "review": Key("review", "how often somebody looks through what stays"),
    "because": Key("text", "why so long, printed in the statement"),
    "at_request": Key("choice", "what happens earlier when the person asks", of=AT_REQUEST),
}
KEPT_IN: Shape = {
    "outside": Key("text", "what lies where", need=True),
    "review": Key("review", "how often somebody goes through it", need=True),
}
ASSESSMENT: Shape = {
    "kind": Key("choice", "of impact, of interests, or of risk", need=True, of=ASSESSMENT_KINDS),
    "title": Key("text", "what it is called; its kind unless said"),
    "done": Key("date", "when it was made or last reviewed", need=True),
    "review": Key("review", "how often it is reviewed", need=True),
}
REASON: Shape = {
    "finding": Key("word", "the code of a warning or advice", need=True),
    "by": Key("word", "the office that decided", need=True, own="office"),
    "on": Key("date", "when", need=True),
    "because": Key("text", "why, printed in the record of processing", need=True),
}
TEXT: Shape = {
    "nb": Key("word", "bokmål", need=True),
    "nn": Key("word", "nynorsk; bokmål is shown until it is there"),
    "en": Key("word", "English; bokmål is shown until it is there"),
}
CONDITION: Shape = {"only_when": Key("word", "held on this condition only", need=True, words="conditions")}
ARCHIVE: Shape = {"archive": Key("name", "moved to this activity", need=True, own="activity")}

SHAPES: Mapping[str, Shape] = {
    "organisation": ORGANISATION,
    "controller": CONTROLLER,
    "agreement": AGREEMENT,
    "contact": CONTACT,
    "mail": MAIL,
    "measure": MEASURE,
    "cookie": COOKIE,
    "paragraphs": PARAGRAPHS,
    "unit_kind": UNIT_KIND,
    "office": OFFICE,
    "recipient": RECIPIENT,
    "activity": ACTIVITY,
    "purpose": PURPOSE,
    "basis": BASIS,
    "disclosure": DISCLOSURE,
    "duty": DUTY,
    "keep": KEEP,
    "kept_in": KEPT_IN,
    "assessment": ASSESSMENT,
    "reason": REASON,
    "text": TEXT,
    "condition": CONDITION,
    "archive": ARCHIVE,
}
# Which mapping a file is, or holds one of under each name of the declarer's own.
FILES: Mapping[str, tuple[str, bool]] = {
    "organisation.yaml": ("organisation", False),
    "units.yaml": ("unit_kind", True),
    "offices.yaml": ("office", True),
    "recipients.yaml": ("recipient", True),
    "activities/….yaml": ("activity", False),
}
