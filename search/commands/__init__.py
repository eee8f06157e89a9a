"""What does a person at a shell ask? The commands for an archive; nachlese.py joins them with those of the others."""
