"""The database backend: Django's own for PostgreSQL, with reads through the masked views and writes to the
tables. The views carry the tables' names and come first in the app's search path, so a query needs no
change; an INSERT, UPDATE or DELETE is sent to schema public, where row-level security awaits it.
"""
