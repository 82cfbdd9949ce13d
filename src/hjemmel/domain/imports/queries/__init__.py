"""What an import reads: what a row asks for, whom it may be about, and what may be written."""
