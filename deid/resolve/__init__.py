"""Resolve: findings -> mentions and entities. Decide, settle overlaps, link; never guess."""
