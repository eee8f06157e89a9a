"""What is sent to those who watch a search? Each new story once, by feed, file, mail or webhook."""
