"""What a reader sees, and what it must not do."""
