"""How it runs: start, locks, databases that go away."""
