"""Backups: one consistent set of files, its restore into a new data folder, and the drill that proves it."""
