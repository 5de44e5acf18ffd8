"""Turns a chronicle of public facts into commands, entry by entry, and sends them like any other user."""

from services.cli.importer.sending import run

__all__ = ["run"]
