"""The action plans of the regions, and what all apps stand on."""

# Also in pyproject.toml; a backup is restored by the version that took it.
__version__ = "0.1.0"
