"""Backups: one consistent copy of the register each, sealed under a key of its own that is destroyed when
its days are over, so that the backup ends even where copies of it survive. The keys of the vault lie in a
file apart, with a shorter life, so that what was erased there ends sooner.

    container   a file of sealed chunks           copies     where they lie, their keys, and when they end
    taking      making one                        reading    checking one, and reading it into a database
    restoring   the register from one             nightly    the job
"""


class BackupError(RuntimeError):
    """A backup cannot be made, checked or read in. The message says why and what to do, in Norwegian."""
