"""The pages where those who look after requirements answer what the world says of them."""
