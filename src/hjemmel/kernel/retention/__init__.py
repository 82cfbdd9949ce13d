"""What is due goes: the plan says what, the run does it, and neither knows more than the ledger."""
