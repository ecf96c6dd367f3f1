"""Ctrl-C that is never lost: Python drops it where nothing can be raised, and JAX has callbacks at such places."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PAUSE = 0.1
"""Seconds after which a lost Ctrl-C comes again."""


@contextmanager
def kept() -> Iterator[None]:
    """Let a Ctrl-C that falls into a callback of the garbage collector, or the like, come again a moment later."""
    before, here = sys.unraisablehook, threading.get_ident()

    def interrupt() -> None:
        if hasattr(signal, "pthread_kill"):  # wakes a thread that sleeps, too
            signal.pthread_kill(here, signal.SIGINT)
        else:
            signal.raise_signal(signal.SIGINT)

    def again(event: Any) -> None:  # noqa: ANN401  (its type is not public)
        if issubclass(event.exc_type, KeyboardInterrupt):
            threading.Timer(PAUSE, interrupt).start()
        else:
            before(event)

    sys.unraisablehook = again
    try:
        yield
    finally:
        sys.unraisablehook = before
