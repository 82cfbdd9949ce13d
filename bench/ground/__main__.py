"""`python -m bench.ground`."""

from bench.ground.run import main

main()
