"""What holds of all pages: what may be public, how much is asked, how numbers are written."""
