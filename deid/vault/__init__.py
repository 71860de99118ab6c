"""The vault: the encrypted key of a study. Layout (bytes), seal (cryptography), store (files)."""
