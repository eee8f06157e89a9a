"""What a run frees stays for what comes next; what a server frees goes back."""

import platform
import subprocess
import sys

import pytest

BLOCKS, SIZE = 40, 8 * 2**20  # each of these is taken, written and freed
PAGE = 4096  # bytes, on all common machines
_FAULTS = f"""
import ctypes, resource, search.heap
search.heap.{{policy}}()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
for _ in range({BLOCKS}):
    block = ctypes.c_void_p(library.malloc({SIZE}))
    ctypes.memset(block, 1, {SIZE})
    library.free(block)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""


def faults(policy: str) -> int:
    """How often the system gave a new page to a process that follows a policy."""
    done = subprocess.run([sys.executable, "-c", _FAULTS.format(policy=policy)], check=True, capture_output=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told what to keep")
def test_a_run_takes_the_same_pages_again_and_a_server_gives_them_back() -> None:
    all_pages = BLOCKS * SIZE // PAGE
    assert faults("keep_little") > all_pages / 2
    assert faults("keep_for_more") < all_pages / 4
