"""What levers do, beside what goes with their events in runs without them."""

from __future__ import annotations

from westphalia.analyse.associations import Effect, Pair, pairs
from westphalia.report import words
from westphalia.report.facts import Facts
from westphalia.report.numbers import Z
from westphalia.report.tables import Table

NOTE = (
    "A lever is laid over the same draws and the same noise. What goes with its event where that happens by itself is "
    "another thing: what brings the event about may also move the end of the war."
)


def table(facts: Facts) -> Table | None:
    """Ends on which a lever and its event's association differ; none where no lever of the study has such an event."""
    if facts.scenario is None:
        return None
    rows = tuple(_row(facts, pair) for pair in pairs(facts.runs, facts.scenario) if pair.differs)
    title = "What a lever does, and what goes with its event in runs without it; where the two differ, points"
    head = ("", "end", "lever (± 95 %)", "goes with the event (± 95 %)", "runs with the event")
    return Table(title, head, rows, 2) if rows else None


def _row(facts: Facts, pair: Pair) -> tuple[str, ...]:
    effects = (_points(pair.intervention), _points(pair.association))
    return (facts.arms[pair.lever], pair.outcome, *effects, f"{pair.with_event:,}")


def _points(effect: Effect) -> str:
    return f"{words.hundredths(effect.value, '+')} (± {words.hundredths(Z * effect.se)})"
