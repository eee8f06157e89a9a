"""Trains and measures the recogniser of names that ships as indexer.recognition."""
