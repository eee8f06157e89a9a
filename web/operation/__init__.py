"""How does the site keep running? The processes that answer, who is let in, and what is noted of it."""
