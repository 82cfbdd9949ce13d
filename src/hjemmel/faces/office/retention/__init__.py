"""What the pages of deleting stand on: rules in the statement's words, runs in words, and the picture."""
