"""Which articles does a document of each format hold? One module for each format, and one table of all.

`table` has the formats, `recognition` tells which one a document is of. Plain text (`indexer.text`) and web pages
(`indexer.html`) are read beside this room, as many formats hold them.
"""
