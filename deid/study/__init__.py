"""A study on disk: open, run, commit."""
