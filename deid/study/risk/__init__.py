"""What is left in a study's released text, and what people decided about it."""
