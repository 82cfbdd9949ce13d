"""What reading, checking and telling a declaration cost beside each other."""
