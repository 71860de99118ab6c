"""Risk: what is left when every name is gone."""
