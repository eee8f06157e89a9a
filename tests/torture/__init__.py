"""What does the archive bear? The laboratory: kills, hostile queries and documents, damage, full disks, crowds.

Run whole by `make torture`, in small by test_small.py.
"""
