"""What a public page shows of a published document, as plain values. Pure."""
