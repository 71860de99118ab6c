"""Formats are lenses: bytes -> segments, and replacements -> bytes with everything else untouched."""
