"""Runs in blocks of one size: one compiled shape serves all, and each core takes a block at a time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from westphalia.cores import cores
from westphalia.simulate.kernel import BLOCK

Found = TypeVar("Found")
Job = TypeVar("Job")


def blocks_of(runs: int) -> int:
    """How many blocks so many runs take."""
    return -(-runs // BLOCK)


def at_once() -> int:
    """Runs that keep all cores busy with a block each."""
    return BLOCK * cores()


def blocks(runs: np.ndarray) -> np.ndarray:
    """These runs, one at least, in full blocks (block, run); the last is filled up with the last run."""
    return np.concatenate([runs, np.repeat(runs[-1:], -len(runs) % BLOCK)]).reshape(-1, BLOCK)


def dealt(arms: Sequence[Job], pieces: int) -> list[Sequence[Job]]:
    """Arms that go together through each of so many blocks: all, or fewer where blocks do not keep all cores busy.

    Together they share what is made once for a block.
    """
    hands = min(len(arms), -(-cores() // pieces))
    ends = [len(arms) * hand // hands for hand in range(hands + 1)]
    return [arms[first:last] for first, last in itertools.pairwise(ends)]


def on_cores(play: Callable[[Job], Found], jobs: Iterable[Job]) -> Iterator[Found]:
    """What is played of each job, in their order; each core takes a job at a time."""
    with ThreadPoolExecutor(cores()) as pool:
        yield from pool.map(play, jobs)


def in_blocks(runs: np.ndarray, play: Callable[[np.ndarray], Found]) -> Iterator[Found]:
    """What is played of these runs, block after block; of all together it is to be cut to the number of runs."""
    return on_cores(play, blocks(runs))
