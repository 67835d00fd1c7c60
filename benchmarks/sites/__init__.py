"""What is measured: a site on a database of its own, its data, and the views beside ours."""
