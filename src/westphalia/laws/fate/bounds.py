"""How much a change of one leadership can do at most."""

from __future__ import annotations

from westphalia.kinds import Each


def bound(q_leader: Each) -> Each:
    """Largest factor by which a change of leadership can raise the chance of settlement in a period.

    All must say yes: ``S = q_leader * q_rest`` before and ``S' = q_successor * q_rest`` after. So
    ``S'/S <= 1/q_leader`` and ``S' - S <= q_rest``: where the yes of the others is the rare one, a change of leadership
    does little.

    Args:
        q_leader: Chance that the present leadership accepts what all others accept, above 0.
    """
    return 1.0 / q_leader
