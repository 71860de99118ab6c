"""What leaves a study: releases, what changed between them, what the board and a repository are given."""
