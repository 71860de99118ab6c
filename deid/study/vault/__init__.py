"""The life of a study's key: who can open it, reveal, withdrawal, backup, the end."""
