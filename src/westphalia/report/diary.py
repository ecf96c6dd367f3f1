"""One run as a war diary: every sentence comes from a number of the run, and nothing is told that is not in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from westphalia.model.outcome import EVENTS, SETTLED
from westphalia.report import options, seats, words
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Talks
from westphalia.simulate.measures import outcome_names
from westphalia.simulate.replay import Replay
from westphalia.simulate.trace import Round

SMALLEST_MOVE = 0.05
"""Km; a line that moves less in a step is not told of."""

LEAVES = 1.0
"""Km a step from which on a side is said to leave ground."""

LOOK = 13
"""Steps from one look at the whole to the next; a quarter where steps are weeks."""

TOLD_EACH_TIME = ("counter-offensive", "mobilisation wave", "change of leadership")
"""Events that have sentences of their own each time they happen."""

STANDING = (
    ("force", "{} in force and reserve"),
    ("armour", "{} vehicles"),
    ("ammunition", "ammunition index {}"),
    ("supply", "supply {}"),
    ("cohesion", "cohesion {}"),
    ("support", "support at home {}"),
)

COUNTED_IN_THOUSANDS = ("force", "pool", "armour")


def diary(scenario: Scenario, replay: Replay, title: str) -> str:
    """The whole run step by step, steps without events taken together, and a look at the whole every quarter or so.

    Args:
        scenario: What was fought.
        replay: How it went.
        title: Which run this is.
    """
    return "\n".join(_paragraphs(scenario, replay, title)).replace(words.NBSP, " ")


def _paragraphs(scenario: Scenario, replay: Replay, title: str) -> Iterator[str]:
    yield f"{scenario.title}: {title}"
    yield "One simulated war among thousands: it shows how the model moves, not what will happen."
    yield "Dead are soldiers killed."
    yield from _standing(scenario, replay, 0)
    last, told = len(replay.days) - 1, 0
    for week in range(1, last + 1):
        moves, events = _moves(scenario, replay, week), list(_events(scenario, replay, week))
        is_look = week % LOOK == 0 or week == last
        if not (moves or events or is_look):
            continue
        if week - 1 > told and (moves or events):
            yield _line(scenario, replay, told, week - 1)
            told = week - 1
        yield _line(scenario, replay, told, week, moves)
        yield from (f"    {sentence}" for sentence in events)
        told = week
        if is_over(replay, week):
            break
        if is_look:
            yield from _standing(scenario, replay, week)


def is_over(replay: Replay, week: int) -> bool:
    """Whether the war has been decided by arms by the week; nothing moves after that."""
    return bool(1 <= replay.outcome[week] <= 3)


def _line(scenario: Scenario, replay: Replay, after: int, last: int, moves: str = "") -> str:
    """The steps after one and to another: when, where lines moved, who died."""
    day, step = replay.days[last], words.step_name(scenario.clock.days)
    steps = f"{step} {last}" if after + 1 == last else f"{step}s {after + 1} to {last}"
    dead = _dead(scenario, replay, after, last)
    return f"{steps}, to {day.day} {day:%B %Y}: {moves or 'no line moves'}. {dead}"


def _moves(scenario: Scenario, replay: Replay, week: int) -> str:
    """Where the lines moved, by the side that gained; empty if none did."""
    sides = [side.label for side in scenario.sides.values()]
    gains: dict[str, list[str]] = {side: [] for side in sides}
    for key, front in scenario.fronts.items():
        line = replay.series[f"position[{key}]"]
        moved = line[week] - line[week - 1]
        if abs(moved) >= SMALLEST_MOVE:
            gains[sides[0 if moved > 0 else 1]].append(f"{_km(abs(moved))} at {front.label}")
    told = "; ".join(f"{side} gains {words.listed(fronts)}" for side, fronts in gains.items() if fronts)
    return f"by battle and by what is signed, {told}" if told and _draws_a_line(scenario, replay, week) else told


def _draws_a_line(scenario: Scenario, replay: Replay, week: int) -> bool:
    """Whether a text is signed in the week under which a line may lie elsewhere."""
    may = scenario.talks is not None and any(issue.lines for issue in scenario.talks.issues.values())
    return may and bool(replay.outcome[week] == SETTLED != replay.outcome[week - 1])


def _km(distance: float) -> str:
    return f"{distance:.1f} km" if distance < 9.95 else f"{distance:.0f} km"


def _dead(scenario: Scenario, replay: Replay, after: int, week: int) -> str:
    told = []
    for key, side in scenario.sides.items():
        dead = replay.series[f"dead[{key}]"]
        told.append(f"{side.label} {words.persons(dead[week] - dead[after])}")
    return f"Dead: {', '.join(told)}."


def _events(scenario: Scenario, replay: Replay, week: int) -> Iterator[str]:
    for place, (key, side) in enumerate(scenario.sides.items()):
        for number, front in enumerate(scenario.fronts.values()):
            told = _on_front(replay, week, place, number, words.step_name(scenario.clock.days))
            yield from (f"{side.label} at {front.label}: {sentence}" for sentence in told)
        if replay.wave[week, place] > 0.2 >= replay.wave[week - 1, place]:
            yield f"{side.label} calls a wave of mobilisation; its pool holds {_now(replay, 'pool', key, week)}."
        if replay.changes[week, place] > replay.changes[week - 1, place]:
            yield f"The leadership of {side.label} changes; support at home is {_now(replay, 'support', key, week)}."
        for event, first in zip(EVENTS, replay.first[:, place], strict=True):
            if first == week and event not in TOLD_EACH_TIME:
                yield f"{side.label} for the first time: {event}."
    yield from _backers(scenario, replay, week)
    yield from _talks(scenario, replay, week)
    if replay.outcome[week] != replay.outcome[week - 1]:
        name = outcome_names(scenario)[replay.outcome[week]]
        yield "The war goes on." if replay.outcome[week] == 0 else f"Outcome: {name}."


def _talks(scenario: Scenario, replay: Replay, week: int) -> Iterator[str]:
    """What was put, who read what otherwise, and who said no; options in few words."""
    talks = scenario.talks
    if talks is None:
        return
    labels, step = seats.labels_of(talks), words.step_name(scenario.clock.days)
    for number, held in enumerate(replay.rounds):
        if held.week != week:
            continue
        sent = held.stages[0, 0]
        yield _put(talks, sent, replay.rounds[number - 1] if number else None, step)
        for place, party in enumerate(held.parties):
            read = held.stages[-1, place]
            wrong = np.flatnonzero(read != sent)
            if len(wrong):
                yield f"{labels[party]} reads otherwise: {options.clauses(talks, read, wrong)}."
        refused = held.needed & ~held.accepted
        names = [seats.player(player, labels) for player, no in zip(held.players, refused, strict=True) if no]
        yield f"No from {words.listed(names)}." if names else "All whose yes is needed say yes: it is signed."


def _put(talks: Talks, sent: np.ndarray, before: Round | None, step: str) -> str:
    """The text put: whole, or where it is much like the one before it, what is new in it."""
    every = np.arange(len(sent))
    changed = every if before is None else np.flatnonzero(sent != before.stages[0, 0])
    if before is None or 2 * len(changed) > len(sent):
        return f"A text is put: {options.clauses(talks, sent, every)}."
    if not len(changed):
        return f"The text of {step} {before.week} is put again."
    return f"A text is put, that of {step} {before.week} but for {options.clauses(talks, sent, changed)}."


def _on_front(replay: Replay, week: int, side: int, front: int, step: str) -> Iterator[str]:
    was, now = replay.counter[[week - 1, week], side, front] > 0.5
    if now != was:
        yield f"the counter-offensive {'begins' if now else 'ends'}."
    speed = float(replay.withdrawal[week, side, front])
    was, now = replay.withdrawal[[week - 1, week], side, front] > LEAVES
    if now != was:
        yield f"ground is left, {_km(speed)} a {step}." if now else "the withdrawal ends."


def _backers(scenario: Scenario, replay: Replay, week: int) -> Iterator[str]:
    for key, backer in scenario.backers.items():
        will = replay.series[f"will[{key}]"]
        was, now = will[[week - 1, week]] < 0.5
        if now != was:
            client = scenario.sides[backer.side].label
            yield f"{backer.label}: the will to help {client} {'falls below' if now else 'rises above'} one half."


def _standing(scenario: Scenario, replay: Replay, week: int) -> Iterator[str]:
    """How things stand, a line a side."""
    yield f"How it stands on {replay.days[week].day} {replay.days[week]:%B %Y}:"
    for key, side in scenario.sides.items():
        told = [phrase.format(_now(replay, name, key, week)) for name, phrase in STANDING]
        land = replay.series[f"land[{key}]"][week]
        held = f"holds {words.plain(land) if land > 0 else 'no'} km² beyond its starting line"
        dead = words.persons(replay.series[f"dead[{key}]"][week])
        yield f"    {side.label} {held}; {', '.join(told)}; {dead} dead since the war began."


def _now(replay: Replay, name: str, side: str, week: int) -> str:
    value = float(replay.series[f"{name}[{side}]"][week])
    if name in COUNTED_IN_THOUSANDS:
        return words.persons(value)
    return f"{value:.1f}" if name == "ammunition" else f"{100 * value:.0f} %"
