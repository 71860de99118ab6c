"""Pseudonymise: mentions -> replacements -> a rewritten transcript."""
