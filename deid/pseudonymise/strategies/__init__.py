"""One strategy a file, found by its file's name; none ever returns an original."""
