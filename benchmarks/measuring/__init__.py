"""How it is measured: clocks, memory, lines of the table, and a load generator."""
