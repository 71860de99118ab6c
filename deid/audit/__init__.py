"""The audit log: a chain anyone can verify and nobody can read an original from."""
