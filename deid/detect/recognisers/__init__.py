"""One recogniser a file, found by its file's name."""
