"""What repairs leave of the error of a hop, where all wrong options are alike.

Equation:
    read back until the echo matches: e' = [e^2/(M-1)] / [(1-e)^2 + e^2/(M-1)]
    two carry and ask where they differ: e' = e^2/(M-1), both wrong and alike
Units:
    chances; M options.
"""

from __future__ import annotations

from westphalia.kinds import Each


def read_back(error: Each, options: int) -> Each:
    """Error of a hop whose echo matched."""
    alike = error * error / (options - 1.0)
    return alike / ((1.0 - error) * (1.0 - error) + alike)


def compared(error: Each, options: int) -> Each:
    """Error of a hop that two carry independently, asking where they differ."""
    return error * error / (options - 1.0)
