"""The engine `tantivy`: compiled and fast, the default where it is installed (extra `fast`)."""
