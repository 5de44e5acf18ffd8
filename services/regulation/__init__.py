"""The regulation itself, as data: its clauses word for word, and the fields it gives to eight members."""
