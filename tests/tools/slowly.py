"""Runs a program that stands still for a second after every 0.15 seconds, so that what it says of long work is said on
any machine: slowly.py terminal|plain PROGRAM ARGUMENT…  With `terminal` its output goes to a terminal of its own, whose
text is printed. Ends as the program does."""
import os, pty, select, signal, sys, time

kind, command = sys.argv[1], sys.argv[2:]
terminal = -1
if kind == "terminal":
    process, terminal = pty.fork()
else:
    process = os.fork()
if process == 0:
    os.execv(command[0], command)

next_stop = time.monotonic() + 0.15
while True:
    if terminal >= 0 and select.select([terminal], [], [], 0.01)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the program closed its side
            piece = b""
        if piece:
            os.write(1, piece)
        else:
            terminal = -1
    elif terminal < 0:
        time.sleep(0.01)
    ended, status = os.waitpid(process, os.WNOHANG)
    if ended and terminal < 0:
        sys.exit(os.waitstatus_to_exitcode(status))
    if ended:  # what is left to read
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                piece = b""
            if not piece:
                sys.exit(os.waitstatus_to_exitcode(status))
            os.write(1, piece)
    if time.monotonic() >= next_stop:
        os.kill(process, signal.SIGSTOP)
        time.sleep(1.05)
        os.kill(process, signal.SIGCONT)
        next_stop = time.monotonic() + 0.15
