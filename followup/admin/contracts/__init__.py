"""The register of contracts and suppliers in the back office."""
