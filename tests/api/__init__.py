"""What the JSON API promises."""
