"""The engine `whoosh`: Whoosh keeps the commits, segments are arrays of NumPy."""
