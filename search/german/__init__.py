"""What does the program know of German? The terms of a text, for index and query alike; its spellings and sounds."""
