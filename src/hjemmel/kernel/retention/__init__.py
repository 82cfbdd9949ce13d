"""What is due goes: the plan and the run."""
