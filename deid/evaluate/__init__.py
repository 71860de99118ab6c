"""Evaluate: gold data -> figures."""
