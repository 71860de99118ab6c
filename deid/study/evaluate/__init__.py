"""How well it works: on gold texts, end to end, and on samples of every format."""
