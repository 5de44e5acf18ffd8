"""Two moments of the records side by side, and a moment replayed into a place of its own."""
