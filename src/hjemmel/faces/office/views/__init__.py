"""The views of the office, one file a task."""
