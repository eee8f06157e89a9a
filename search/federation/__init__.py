"""What do several archives answer as one?"""
