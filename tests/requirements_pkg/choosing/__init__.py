"""What a buyer filtered by, ticked and filled in; it lives in the address. Pure."""
