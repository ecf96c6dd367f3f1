"""Random numbers as a pure function of seed, run, week, channel and identity: no generator carries a state.

Each mechanism draws from its own named channel, so that adding one shifts no draw of another, paired runs share their
noise, and any single run can be replayed. Works on NumPy and JAX arrays of unsigned 32-bit integers alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.kinds import Key
from westphalia.laws.numerics import namespace
from westphalia.model.draws import Draws
from westphalia.model.world import Identity

Array = Any

CHANNELS = {
    name: index
    for index, name in enumerate(
        (
            "front and tempo",
            "theatre and intensity",
            "leadership",
            "signal",
            "truce",
            "hop",
            "fill",
            "accept",
            "limits",
            "reply",
        ),
        1,
    )
}

_MASK = (1 << 64) - 1


def run_keys(seed: int, runs: np.ndarray) -> np.ndarray:
    """Two 32-bit keys for each run: (2, run); the seed is mixed once more, else seed and run could change places."""
    of_seed = np.uint64(_split_mix_int(_split_mix_int(seed & _MASK)))
    mixed = _split_mix(_split_mix(runs.astype(np.uint64)) ^ of_seed)
    return np.stack([mixed >> np.uint64(32), mixed & np.uint64(0xFFFFFFFF)]).astype(np.uint32)


def uniform(seed: int, name: str, cases: np.ndarray) -> np.ndarray:
    """One uniform number in (0, 1) for each case, of the channel with this name."""
    channel = 0xCBF29CE484222325
    for byte in name.encode():
        channel = ((channel ^ byte) * 0x100000001B3) & _MASK
    key = np.uint64(_split_mix_int(channel ^ _split_mix_int(seed & _MASK)))
    return ((_split_mix(cases.astype(np.uint64) ^ key) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def weekly_draws(keys: Key, week: Array, identity: Identity, dtype: Any) -> Draws:  # noqa: ANN401
    """All random numbers of one week."""
    front, tempo = _normal_pair(keys, week, CHANNELS["front and tempo"], identity.front, dtype)
    theatre, intensity = _normal_pair(keys, week, CHANNELS["theatre and intensity"], identity.side, dtype)
    signal, _ = _normal_pair(keys, week, CHANNELS["signal"], identity.side, dtype)
    truce, incident = _bits(keys, week, CHANNELS["truce"], identity.side)
    left, right = _bits(keys, week, CHANNELS["leadership"], identity.side)
    succession, _ = _box_muller(*_remix(left, right), dtype)
    return Draws(
        front=front,
        tempo=tempo,
        theatre=theatre,
        intensity=intensity,
        succession=succession,
        exit_uniform=_unit(left, dtype),
        signal=signal,
        truce_uniform=_unit(truce, dtype),
        incident_uniform=_unit(incident, dtype),
        keys=keys,
        week=namespace(keys).asarray(week).astype("uint32"),
    )


def uniform_pair(keys: Key, counter: Array, channel: str, identity: Array, dtype: Any) -> tuple[Array, Array]:  # noqa: ANN401
    """Two uniform numbers in (0, 1) for each identity; ``counter`` is a week, or whatever else the draw belongs to."""
    left, right = _bits(keys, counter, CHANNELS[channel], identity)
    return _unit(left, dtype), _unit(right, dtype)


def normal_pair(keys: Key, counter: Array, channel: str, identity: Array, dtype: Any) -> tuple[Array, Array]:  # noqa: ANN401
    """Two standard normal numbers for each identity."""
    return _normal_pair(keys, counter, CHANNELS[channel], identity, dtype)


def together(drawn: Array) -> Array:
    """One uniform number out of the two sides' own; exchanging the sides leaves it as it is."""
    return (drawn[0] + drawn[1]) % 1.0


def _normal_pair(keys: Key, week: Array, channel: int, identity: Array, dtype: Any) -> tuple[Array, Array]:  # noqa: ANN401
    return _box_muller(*_bits(keys, week, channel, identity), dtype)


def _bits(keys: Key, week: Array, channel: int, identity: Array) -> tuple[Array, Array]:
    """Two words of 32 random bits, the counter mixed with each half of the key in turn."""
    xp = namespace(keys)
    counter = xp.atleast_1d(xp.asarray(week)).astype(xp.uint32) * np.uint32(0x9E3779B1)
    counter = counter + np.uint32((channel * 0x85EBCA77) & 0xFFFFFFFF)
    counter = counter + identity.astype(xp.uint32) * np.uint32(0xC2B2AE3D)
    first = _mix(_mix(counter ^ keys[0]) ^ keys[1])
    return first, _mix(first ^ np.uint32(0x27D4EB2F))


def _remix(left: Array, right: Array) -> tuple[Array, Array]:
    return _mix(left + np.uint32(0x165667B1)), _mix(right + np.uint32(0x165667B1))


def _mix(h: Array) -> Array:
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x7FEB352D)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(0x846CA68B)
    return h ^ (h >> np.uint32(16))


def _unit(bits: Array, dtype: Any) -> Array:  # noqa: ANN401
    return ((bits >> np.uint32(8)).astype(dtype) + 0.5) * np.asarray(2.0**-24, dtype)


def _box_muller(left: Array, right: Array, dtype: Any) -> tuple[Array, Array]:  # noqa: ANN401
    xp = namespace(left)
    radius = xp.sqrt(-2.0 * xp.log(_unit(left, dtype)))
    return radius * _cosine_turns(right, dtype), radius * _cosine_turns(right - np.uint32(1 << 30), dtype)


def _cosine_turns(bits: Array, dtype: Any) -> Array:  # noqa: ANN401
    """Cosine of an angle of ``bits / 2^32`` turns by an odd polynomial; error below 2e-7."""
    xp = namespace(bits)
    half_turns = xp.abs((bits >> np.uint32(8)).astype(dtype) * np.asarray(2.0**-24, dtype) - 0.5)
    z = (half_turns - 0.25) * np.asarray(2.0 * np.pi, dtype)
    q = z * z
    series = 1.0 + q * (-1 / 6 + q * (1 / 120 + q * (-1 / 5040 + q * (1 / 362880 + q * (-1 / 39916800)))))
    return z * series


def _split_mix(x: np.ndarray) -> np.ndarray:
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _split_mix_int(x: int) -> int:
    x = (x + 0x9E3779B97F4A7C15) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)
