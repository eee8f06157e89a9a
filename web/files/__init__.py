"""What can be taken away? Hits and articles as files and feeds, and the archive as a search engine for browsers."""
