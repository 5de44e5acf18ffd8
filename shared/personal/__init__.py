"""Personal values: sealed with a key of their own before they are recorded, readable while it exists."""
