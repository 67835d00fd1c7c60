"""Documents as HTML: the same for visitors and for who looks at a draft."""
