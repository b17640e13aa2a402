#!/usr/bin/env python3
"""terminal.py: runs a program on a terminal of its own, as a person would.

    terminal.py [--type TEXT]… PROGRAM [ARGUMENT…]

Each TEXT is typed, with Enter behind it, once the program asks (what it showed last ends in ": " or "] "); a TEXT "^C"
or "^D" is that key. Prints what the terminal showed; its exit code is the program's. It gives up after 300 s (124).
At SIGUSR1 Ctrl-C is typed.
"""

import os
import pty
import select
import signal
import sys
import time

KEYS = {"^C": b"\x03", "^D": b"\x04"}


def main():
    words, typed = sys.argv[1:], []
    while words and words[0] == "--type":
        typed.append(words[1])
        words = words[2:]
    process, terminal = pty.fork()
    if process == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job of a script ignores it, and hands that on
        os.execvp(words[0], words)
    signal.signal(signal.SIGUSR1, lambda *_: os.write(terminal, KEYS["^C"]))
    shown, asked, end = b"", 0, time.monotonic() + 300
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # the program has closed it
                break
            if not piece:
                break
            shown += piece
        elif typed and len(shown) > asked and shown.endswith((b": ", b"] ")):
            text, asked = typed.pop(0), len(shown)
            os.write(terminal, KEYS.get(text, text.encode() + b"\n"))
    else:
        os.kill(process, 9)
        print("terminal.py: still running after 300 seconds", file=sys.stderr)
        sys.exit(124)
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
