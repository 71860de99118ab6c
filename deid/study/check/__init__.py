"""`deid check`: what is looked at, by what, and held against which baseline."""
