"""How it runs: start, proxy, locks, databases that go away, requests that mean harm."""
