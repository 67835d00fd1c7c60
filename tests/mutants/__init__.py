"""Guards that are taken away one by one: each time a test has to fail. See `make mutants`."""
