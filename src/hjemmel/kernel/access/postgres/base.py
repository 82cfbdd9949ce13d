from django.db.backends.postgresql import base

from hjemmel.kernel.access.postgres.operations import DatabaseOperations


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection with our compilers."""

    ops_class = DatabaseOperations
