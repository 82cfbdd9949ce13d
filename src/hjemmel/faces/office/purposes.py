"""What the office's pages read for.

A page names all its purposes; what is seen is what the officer's own duties carry of them.
"""

MEMBERS = ("membership/administration",)
OFFICES = ("offices/administration",)
CONTACTS = ("contact_register/administration", "contact_register/information")
HOLDS = ("holds/evidence",)
LOG = ("change_log/security",)
REGISTER = (*MEMBERS, *OFFICES, *CONTACTS, *HOLDS)
EVERYTHING = (*REGISTER, "import_staging/administration", *LOG, "accounts/administration")
# Data stored encrypted that the office handles, by what they are called in addresses.
SEALED = {"fodselsnummer": "person.national_id", "bankkonto": "person.bank_account"}
