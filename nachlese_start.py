"""Where the command begins: whoever presses Ctrl-C while its modules load sees no traceback."""

from __future__ import annotations

import os
import signal
import sys

STOPPED = 130  # the exit code of a command that SIGINT ended


def main() -> None:
    """Run the command and end the process; what it does and with which code it ends, nachlese.py says."""
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it to be ignored
            # An exception would come out of whatever module is being loaded, which may hide it or be left half loaded.
            signal.signal(signal.SIGINT, lambda *_: os._exit(STOPPED))
            from nachlese import PROGRAM, main

            signal.signal(signal.SIGINT, signal.default_int_handler)
        else:
            from nachlese import PROGRAM, main
        main(prog_name=PROGRAM)
    except KeyboardInterrupt:
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
