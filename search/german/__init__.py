"""What are the terms of this German text? The one analysis that index and query share."""
