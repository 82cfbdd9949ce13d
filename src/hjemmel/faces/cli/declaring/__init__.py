"""What `hjemmel declaration` does, a module for each group of its choices."""
