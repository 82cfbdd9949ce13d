"""The parts of the trial; each has run(cluster) that returns its figures."""
