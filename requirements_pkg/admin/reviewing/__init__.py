"""The pages of a review: what a draft changes, and what people say of it."""
