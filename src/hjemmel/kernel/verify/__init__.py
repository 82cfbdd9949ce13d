"""What `hjemmel verify` counts: the invariants of the register, each to be 0."""
