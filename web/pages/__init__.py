"""What does a reader see? The pages, and everything on them."""
