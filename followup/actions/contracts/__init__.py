"""The verbs of the register: contracts, their suppliers, what stands in them."""
