#!/usr/bin/env python3
"""Runs a command on a console, types Ctrl-C once a file is there, and ends with the command's exit code (97: it ended before).
usage: tests/windows/ctrl_c.py FILE COMMAND WORD…"""
import os
import pty
import sys
import time

awaited, command = sys.argv[1], sys.argv[2:]
process, console = pty.fork()
if process == 0:
    os.execv(command[0], command)
code = None
while code is None and not os.path.exists(awaited):
    ended, status = os.waitpid(process, os.WNOHANG)
    code = 97 if ended else None
    time.sleep(0.01)
if code is None:
    os.write(console, b"\x03")
    try:
        while os.read(console, 4096):
            pass
    except OSError:
        pass
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
sys.exit(code)
