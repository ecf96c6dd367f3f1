"""What several places use is worked out once: a compiler that sees through would work it out again at each of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

from westphalia.kinds import Loop, plain_loop
from westphalia.laws.numerics import namespace
from westphalia.model.draws import Draws

Settled = TypeVar("Settled")
Settle = Callable[[Callable[[], Any]], Any]
"""``settle(work)`` is what ``work()`` gives: an array, or a record or tuple of such."""


def plainly(work: Callable[[], Settled]) -> Settled:
    """The ``Settle`` of plain Python, which works out everything once."""
    return work()


def settling(loop: Loop, draws: Draws) -> Settle:
    """The ``Settle`` that goes with a loop: a step that is always taken, which nobody knows who compiles it."""
    if loop is plain_loop:
        return plainly
    always = draws.week.astype("int32") >= 0
    return lambda work: loop(always, lambda _: work(), _nothing(work()))


def _nothing(like: Any) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(like) and not isinstance(like, type):
        fields = {field.name: _nothing(getattr(like, field.name)) for field in dataclasses.fields(like)}
        return dataclasses.replace(like, **fields)
    if isinstance(like, tuple):
        return tuple(map(_nothing, like))
    return namespace(like).zeros_like(like)
