"""What leaves the register: to whom the declaration lets data be given, and each time they were."""
