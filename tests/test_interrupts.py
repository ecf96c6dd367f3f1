"""A Ctrl-C is not lost where Python cannot raise it."""

import subprocess
import sys

PROGRAM = """
import signal
import time
from westphalia import interrupts

signal.signal(signal.SIGINT, signal.default_int_handler)  # a program begun in the background ignores it

class Collected:
    def __del__(self):
        raise {error}

try:
    with interrupts.kept():
        Collected()
        time.sleep({seconds})
except KeyboardInterrupt:
    print("it came again")
"""


def run(**words):
    program = [sys.executable, "-c", PROGRAM.format(**words)]
    return subprocess.run(program, capture_output=True, text=True, check=True, timeout=150)


def test_a_ctrl_c_in_a_callback_comes_again():
    told = run(error="KeyboardInterrupt", seconds=60)
    assert (told.stdout, told.stderr) == ("it came again\n", "")


def test_any_other_failure_in_a_callback_is_told_as_ever():
    told = run(error="ValueError('odd')", seconds=0)
    assert told.stdout == ""
    assert told.stderr.endswith("ValueError: odd\n")
