"""Turns a chronicle of public facts into commands, entry by entry, and sends them like any other user."""

from services.cli.importer.sending import committee_of, run

__all__ = ["committee_of", "run"]
