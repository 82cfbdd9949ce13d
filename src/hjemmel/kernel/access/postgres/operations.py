from django.db.backends.postgresql import operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's PostgreSQL operations, compiling by `compiler` beside this file."""

    compiler_module = "hjemmel.kernel.access.postgres.compiler"
