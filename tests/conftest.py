"""What all tests share: how hypothesis looks for counterexamples.

By default it tries the same examples every time, so that a run proves the same today and tomorrow.
To look for new ones: HYPOTHESIS_PROFILE=explore python -m pytest
"""

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
