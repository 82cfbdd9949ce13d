"""The log: sealing it, checking it, and the memory that takes."""
