"""How texts are found: their words, their index, and the page that answers."""
