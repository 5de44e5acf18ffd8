"""The log that outsiders can verify: the tree over all events, and the files in which it is published."""
