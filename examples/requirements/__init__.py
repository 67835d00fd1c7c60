"""The requirements of the demo's packages, in own words."""
