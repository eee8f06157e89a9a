"""What can be taken away: files of results, feeds, references, and the browser's search engine."""
