"""Run a server for as long as somebody holds the other end of standard input.

    python stop_with_me.py COMMAND…

A killed test leaves no server behind: its end of the pipe closes with it.
"""

from __future__ import annotations

import subprocess
import sys

if __name__ == "__main__":
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    sys.stdin.read()
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
