"""Which articles are copies of one text? Those that share most of the word sequences of the shorter one."""
