"""Subject: an id with nothing personal in it. Everything that concerns a person points to one."""
