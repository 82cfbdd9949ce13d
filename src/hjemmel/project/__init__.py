"""Wiring: settings, addresses, the web and worker processes, and the database server.
May import every floor.
"""
