"""What did the reader ask? From the text of a query to its nodes, its readings, and the terms for an engine."""
