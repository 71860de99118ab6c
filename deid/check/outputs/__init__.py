"""How findings are written: one file per format, with a `write(report)` that gives the whole text."""
