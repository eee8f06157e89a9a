"""What is shown of a hit? Where it matches, its marks, its best passage, and why it scores as it does."""
