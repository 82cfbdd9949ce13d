"""How long a member list takes to read in, and where the time goes."""
