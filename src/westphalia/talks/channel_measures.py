"""What reaches a reader of a clause, and how far two readers lie apart: measures of channels as matrices.

Equation:
    systematic difference TV = 1/2 sum |K_1 - K_2|;   realised difference = 1 - sum_r K_1(r|m) K_2(r|m)
    gap in cost = E|v(r_1) - v(r_2)|;   information I = sum P(m) K(r|m) log2 [K(r|m) / P(r)]
    contraction eta(K) = max over rows of TV, eta(K_1 K_2) <= eta(K_1) eta(K_2)
Units:
    chances, bits; utilities where a clause is worth something.
Source:
    Information in a channel and its loss along a chain [CoverThomas2006]; contraction [Dobrushin1956].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""Chances ``(..., option sent, option read)`` of one issue, of one draw or of several; rows add up to 1."""
Vector = NDArray[np.float64]
"""A number for each option of one issue: ``(..., option)``."""
Number = Any
"""A number, or an array with one for each draw, ``(...)``."""


def flattered(channel: Matrix, sent: Vector, worth: Vector) -> Number:
    """By how much a clause as read is worth more to a party than as sent, in expectation."""
    return ((sent[:, None] * channel).sum(axis=-2) * worth).sum(axis=-1) - (sent * worth).sum(axis=-1)


def total_variation(first: Matrix, second: Matrix, sent: Vector) -> Number:
    """Systematic difference of two parties' readings: of their distributions."""
    return (sent * 0.5 * np.abs(first - second).sum(axis=-1)).sum(axis=-1)


def disagreement(first: Matrix, second: Matrix, sent: Vector) -> Number:
    """Chance that two parties read a clause differently."""
    return 1.0 - alike([first, second], sent)


def alike(read: Sequence[Matrix], sent: Vector) -> Number:
    """Chance that all these parties read a clause alike, rightly or not."""
    return (sent * np.prod(read, axis=0).sum(axis=-1)).sum(axis=-1)


def cost_gap(first: Matrix, second: Matrix, sent: Vector, place: Vector) -> Number:
    """Expected distance between two parties' readings on the scale of cost."""
    apart = np.abs(place[:, None] - place)
    return (sent * ((first @ apart) * second).sum(axis=-1)).sum(axis=-1)


def text_error(channel: Matrix, sent: Vector) -> Number:
    """Chance that a party reads something else than was sent."""
    return 1.0 - (sent * np.diagonal(channel, axis1=-2, axis2=-1)).sum(axis=-1)


def information(channel: Matrix, sent: Vector) -> Number:
    """Mutual information between what is sent and what is read, bits."""
    joint = sent[:, None] * channel
    apart = sent[:, None] * (sent @ channel)[..., None, :]
    ratio = np.divide(joint, apart, out=np.ones_like(joint), where=joint > 0.0)
    return (joint * np.log2(ratio)).sum(axis=(-2, -1))


def contraction(channel: Matrix) -> Number:
    """Dobrushin's coefficient: 1 where some two options are never confused, 0 where nothing gets through."""
    apart = np.abs(channel[..., :, None, :] - channel[..., None, :, :])
    return 0.5 * apart.sum(axis=-1).max(axis=(-2, -1))
