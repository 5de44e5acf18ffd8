"""The file that every package carries, so that it can be verified without this software."""
