"""Floor 1: enforces any declaration. Knows no member, gift or event. May import `declaration` only."""
