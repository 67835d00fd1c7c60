"""The pages of a plan's next period: start it, take it back, decide on what came along."""
