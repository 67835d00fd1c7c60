"""One cell of the matrix at a time: its page, its form, and what its history gives back."""
