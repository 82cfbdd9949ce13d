"""The commands. A module here is a command; one whose name starts with `_` is not."""
