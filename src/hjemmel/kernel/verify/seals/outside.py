"""A checkpoint that was kept elsewhere. The register must have the same one: then what it covers, in its own
month and before it, is what is hashed anew here, and nothing of it can have been taken away since.
"""

from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.seals.notes import NoNoteError, Note, Signer, read
from hjemmel.kernel.verify.seals.outcome import Outcome


def check(outcome: Outcome, kept: Note) -> None:
    """Look for the checkpoint that was kept."""
    told = f"checkpoint {kept.number} of {kept.sealed:%Y-%m-%d %H:%M} UTC"
    if not Signer().signed(kept):
        outcome.add("signature_differs", f"the file's {told}")
        return
    rows = fetch("select note from public.audit_checkpoint where number = %s", [kept.number])
    try:
        same = bool(rows) and read(rows[0][0]).text == kept.text
    except NoNoteError:
        same = False
    if not rows:
        outcome.add("outside_missing", f"{told} is not in the register")
    elif not same:
        outcome.add("outside_differs", f"{told} is another in the register")
