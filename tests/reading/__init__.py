"""What the readers make of documents, good and bad."""
