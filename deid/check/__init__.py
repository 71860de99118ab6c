"""The gate: leaks in an output, and identifiable data in a repository."""
