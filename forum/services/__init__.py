"""Verbs: they own the rules and the transaction."""
