"""Where do the entries live? One narrow protocol (base) and an engine per library."""
