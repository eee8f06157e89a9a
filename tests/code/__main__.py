"""Prints the arrows between the rooms: python -m tests.code"""

from tests.code.arrows import arrows

for room, others in sorted(arrows().items()):
    print(f"{room:<28} -> {', '.join(sorted(others))}")
