"""Who does the work of a study: one small protocol, and the executor that does it here and now.

Work and its arguments must be importable, so that another process finds them by name: a function sent by value would be
compiled anew for every piece of work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol, final, runtime_checkable


@runtime_checkable
class Executor(Protocol):
    """Takes pieces of work and gives their results back as they come."""

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand in ``work(*arguments)``; the future identifies the piece of work."""
        ...

    def as_completed(self) -> Iterator[Future[Any]]:
        """The futures handed in, each once it has a result or an exception, in any order."""
        ...


@final
class Inline:
    """Does each piece of work in this process, in the order handed in, when its result is asked for."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """See ``Executor``; nothing runs yet."""
        future: Future[Any] = Future()
        self._waiting.append((future, partial(work, *arguments)))
        return future

    def as_completed(self) -> Iterator[Future[Any]]:
        """See ``Executor``; Ctrl-C is not held back."""
        while self._waiting:
            future, work = self._waiting.popleft()
            try:
                future.set_result(work())
            except Exception as error:  # noqa: BLE001  (it belongs to the future)
                future.set_exception(error)
            yield future
