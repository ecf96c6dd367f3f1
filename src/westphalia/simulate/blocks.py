"""Runs in blocks of one size: one compiled shape serves all, and each core takes a block at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from westphalia.cores import cores
from westphalia.simulate.kernel import BLOCK

Found = TypeVar("Found")


def blocks_of(runs: int) -> int:
    """How many blocks so many runs take."""
    return -(-runs // BLOCK)


def at_once() -> int:
    """Runs that keep all cores busy with a block each."""
    return BLOCK * cores()


def in_blocks(runs: np.ndarray, play: Callable[[np.ndarray], Found]) -> Iterator[Found]:
    """What is played of these runs, block after block.

    Args:
        runs: Numbers of the runs, one at least.
        play: From the runs of a full block to what is found. The last block is filled up with its last
            run: what is found of all blocks together is to be cut to the number of runs.
    """
    full = np.concatenate([runs, np.repeat(runs[-1:], -len(runs) % BLOCK)])
    with ThreadPoolExecutor(cores()) as pool:
        yield from pool.map(play, full.reshape(-1, BLOCK))
