"""Detect: transcripts -> findings. The engine runs the models once; every recogniser is one file."""
