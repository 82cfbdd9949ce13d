from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from hjemmel.kernel import catalog
from hjemmel.kernel.access import install, logged, logins
from hjemmel.kernel.access.keyed import OWN_SESSION
from hjemmel.kernel.access.models import Account, Duty, OfficeDuty, Responsible, Session

FRAMEWORK = "the framework's own; holds nothing of a person"
RULE = "a declared rule, not a person"
DUTY = "tenures times declared duties, by ids; derived, and gone with the tenure"

catalog.event("account.created", Account, on="created_at")
catalog.event("account.last_login", Account, on="last_login")
catalog.condition(
    "account.unused",
    Account,
    sql="r.last_login is null",
    columns=("last_login",),
    reading=lambda row: row["last_login"] is None,
)
catalog.condition(
    "account.used",
    Account,
    sql="r.last_login is not null",
    columns=("last_login",),
    reading=lambda row: row["last_login"] is not None,
)
catalog.table(
    Account,
    record="account",
    subject="subject",
    since="account.created",
    before_actor="read at log-in, before anybody is known: one row, by the key that the reader holds",
    data={
        "username": "account.username",
        "password": "account.password",
        "created_at": "account.logins",
        "last_login": "account.logins",
        "tied_on": "account.logins",
    },
    secret=("password",),
    lined=("last_login",),
    plain={
        "printed": "says whether the password was made here, nothing of a person",
        "id": "random, carries no meaning",
        "subject": "whose row it is",
        "is_active": "says whether one can log in, nothing of a person",
    },
)
catalog.open_table(
    Session,
    because="read at every request, before anybody is known; hangs on its account and goes with it",
    app="own",
    rows=OWN_SESSION,
    plain={
        "session_key": "a digest of a random key, carries no meaning",
        "session_data": "the account's id, signed for the key; hangs on its account and goes with it",
        "expire_date": "when the log-in ends",
        "account": "which account it hangs on",
    },
)
catalog.open_table(
    EmailAddress,
    because="the log-in library's; log-in is by user name and asks nothing here",
    app="none",
    data={"email": "account.username"},
    plain=dict.fromkeys(("id", "user", "verified", "primary"), "hangs on its account"),
)
catalog.open_table(
    EmailConfirmation,
    because="the log-in library's; log-in is by user name and asks nothing here",
    app="none",
    plain=dict.fromkeys(("id", "email_address", "created", "sent", "key"), "hangs on its account"),
)
catalog.open_table(
    OfficeDuty,
    because="duties are public in the statement",
    plain=dict.fromkeys([f.name for f in OfficeDuty._meta.concrete_fields], RULE),
)
catalog.open_table(
    Responsible, because="which offices are responsible is said in the statement", plain={"office": RULE}
)
catalog.open_table(
    Duty,
    because="read by the masks only",
    app="none",
    plain=dict.fromkeys([f.name for f in Duty._meta.concrete_fields], DUTY),
)
catalog.open_table(
    ContentType,
    because="the framework's list of models",
    plain=dict.fromkeys(("id", "app_label", "model"), FRAMEWORK),
)
catalog.open_table(
    Permission,
    because="the framework's; not used here",
    plain=dict.fromkeys(("id", "name", "content_type", "codename"), FRAMEWORK),
)
catalog.open_table(
    Group, because="the framework's; not used here", plain=dict.fromkeys(("id", "name"), FRAMEWORK)
)
catalog.open_table(
    Group.permissions.through,
    because="the framework's; not used here",
    plain=dict.fromkeys(("id", "group", "permission"), FRAMEWORK),
)
catalog.calls(
    *(f"kernel.{name}()" for name in ("officer", "self", "purposes", "has_duty", "locating")),
    *(f"kernel.{name}(text)" for name in ("bit", "position")),
    "kernel.username_given()",
    "kernel.account_given()",
    "kernel.session_given()",
    because="who acts, for what, by which key, as the web has said itself; and places of kinds of data",
)
catalog.makes(install.statements)
catalog.calls("kernel.end_sessions(bigint,text)", because="ends the actor's own log-ins, and tells nothing")
catalog.statements(logged.statements)
catalog.statements(logins.statements)
catalog.calls(
    "kernel.reads_log(bigint)",
    "kernel.log_of(bigint,bigint,integer)",
    because="of the log as much as the mask shows of the subject, to herself and by duties that hold the log",
)
catalog.calls("kernel.responsible()", because="whether the actor herself is, as the id of her tenure")
catalog.calls(
    "kernel.mask(bigint)",
    "kernel.change_mask(bigint)",
    "kernel.sees(bigint)",
    "kernel.record_mask(text,bigint,bigint)",
    "kernel.record_change_mask(text,bigint,bigint)",
    "kernel.may_record(text,bigint,bigint)",
    "kernel.may_tie(text,bigint,bigint)",
    "kernel.may_appoint(text,bigint)",
    "kernel.exports(text)",
    because="what views and policies are made of: of each subject no more than the actor sees",
)
