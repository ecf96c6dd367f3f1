"""What the schema alone cannot see in claims and positions: arms, links, sides and others that do not exist."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from westphalia.errors import did_you_mean
from westphalia.scenario.claims import BOTH, Measure, Trial
from westphalia.scenario.document import Steps

BASELINE = "baseline"
OF_TALKS = ("signature", "break of the settlement", "ceasefire")
BY_TEXT = ("settlement holds", "ceasefire holds", "settlement broken")
"""Outcomes that only talks can bring."""
OF_OUTCOME = ("military victory",)
OF_FIGURE = {"rounds refused": "players", "best gain of the leadership": "sides", "option signed": "issues"}


Finding = tuple[Steps, str, str]


def findings(scenario: Any) -> Iterator[Finding]:  # noqa: ANN401  (a scenario; its module imports this one)
    """Everything that is wrong with the claims and positions of a scenario."""
    for path, word, known in _named(scenario):
        if word not in known:
            yield path, f'"{word}" is not known here', _remedy(word, known)
    for path, measure in measures(scenario):
        if path[0] != "milestones":
            yield from _of(scenario, path, measure)
    for name, milestone in scenario.milestones.items():
        yield from _of(scenario, ("milestones", name), milestone.whole)
    for name, position in scenario.positions.items():
        for n, narrowing in enumerate(position.narrowings):
            if narrowing.lever in scenario.levers and scenario.levers[narrowing.lever].start is not None:
                what = f"the lever {narrowing.lever} has a date"
                yield ("positions", name, "narrowings", n, "lever"), what, "name a lever that holds from the start"


def out_of_reach(scenario: Any) -> Iterator[Finding]:  # noqa: ANN401
    """Measures that this scenario, perhaps a variant without talks or of fewer weeks, cannot give."""
    for path, measure in measures(scenario):
        if path[0] == "statements" and scenario.statements[path[1]].variant is not None:
            continue  # it is about another start
        if scenario.talks is None and is_of_talks(measure):
            yield path, "the scenario has no talks to measure", "the claim counts as not testable here"
        if measure.last_week is not None and measure.last_week > scenario.weeks:
            key = "week" if measure.weeks is None else "weeks"
            yield (*path, key), f"a run lasts {scenario.weeks} steps", "the claim counts as not testable here"


def is_of_talks(measure: Measure) -> bool:
    """Whether a scenario without talks cannot give this measure."""
    by_text = measure.weeks_until in OF_TALKS or measure.outcome in BY_TEXT
    return by_text or measure.series == "chance" or measure.figure is not None


def measures(scenario: Any) -> Iterator[tuple[Steps, Measure]]:  # noqa: ANN401
    """Every measure of the claims, statements and milestones that lie within a run, with its path."""
    for path, trial in _trials(scenario):
        yield path, trial
        if trial.measure is not None:
            yield (*path, "measure"), trial.measure
    for name, statement in scenario.statements.items():
        if statement.measure is not None:
            yield ("statements", name, "measure"), statement.measure
    for name, milestone in scenario.milestones.items():
        for measure in (milestone.measure(*_clock(scenario)), milestone.before(*_clock(scenario))):
            if measure is not None and measure.last_week is not None and measure.last_week <= scenario.weeks:
                yield ("milestones", name), measure


def _clock(scenario: Any) -> tuple[datetime.date, int]:  # noqa: ANN401
    """The start of a run, and the days of a step."""
    return scenario.start, scenario.clock.days


def _trials(scenario: Any) -> Iterator[tuple[Steps, Trial]]:  # noqa: ANN401
    for kind in ("claims", "statements"):
        for name, claim in getattr(scenario, kind).items():
            yield from (((kind, name, "given", n), trial) for n, trial in enumerate(claim.given))
            yield from (((kind, name, "tests", n), trial) for n, trial in enumerate(claim.tests))


def _named(scenario: Any) -> Iterator[tuple[Steps, str, Collection[str]]]:  # noqa: ANN401
    arms = [BASELINE, *scenario.levers]
    for name, lever in scenario.levers.items():
        if lever.natural is not None:
            yield ("levers", name, "natural", "of"), lever.natural.of, scenario.sides
    for kind in ("claims", "statements"):
        for name, claim in getattr(scenario, kind).items():
            if claim.lever is not None:
                yield (kind, name, "lever"), claim.lever, scenario.levers
    for name, claim in scenario.claims.items():
        yield from ((("claims", name, "links", n), link, scenario.links) for n, link in enumerate(claim.links))
    for name, statement in scenario.statements.items():
        if statement.variant is not None:
            yield ("statements", name, "variant"), statement.variant, scenario.variants
    for name, milestone in scenario.milestones.items():
        if milestone.variant is not None:
            yield ("milestones", name, "variant"), milestone.variant, scenario.variants
    for path, trial in _trials(scenario):
        yield from (((*path, "against", n), arm, arms) for n, arm in enumerate(trial.against))
        if trial.arm is not None:
            yield (*path, "arm"), trial.arm, arms
    for name, position in scenario.positions.items():
        for n, narrowing in enumerate(position.narrowings):
            if narrowing.lever is not None:
                yield ("positions", name, "narrowings", n, "lever"), narrowing.lever, scenario.levers
    for name, other in scenario.mirror.items() if scenario.talks is not None else ():  # without them no player is known
        known = [*scenario.levers, *scenario.fronts, *scenario.backers, *_players(scenario)]
        yield ("mirror", name), name, known
        yield ("mirror", name), other, known


def _remedy(word: str, known: Collection[str]) -> str:
    return did_you_mean(word, known) or f"valid here: {', '.join(known) or 'none'}"


def _players(scenario: Any) -> list[str]:  # noqa: ANN401
    if scenario.talks is None:
        return []
    return [*scenario.sides, *scenario.talks.players]


def _of(scenario: Any, path: Steps, measure: Measure) -> Iterator[Finding]:  # noqa: ANN401
    """Whose a measure is, and whether the scenario has what it is about."""
    if scenario.talks is None and is_of_talks(measure):
        return
    known = _owners(scenario, measure)
    if known is None and measure.of is not None:
        yield (*path, "of"), f'"{measure.of}": this measure is nobody\'s own', "remove of"
    elif known is not None and measure.of is None:
        yield path, "the measure does not say whose it is", f"add of: one of {', '.join(known)}"
    elif known is not None and measure.of not in known:
        yield (*path, "of"), f'"{measure.of}" is not known here', _remedy(measure.of or "", known)


def _owners(scenario: Any, measure: Measure) -> list[str] | None:  # noqa: ANN401
    """Those who can have a measure; None where it is nobody's own."""
    if measure.series is not None:
        kinds = {"position": scenario.fronts, "will": scenario.backers}
        together = [] if measure.reaches is not None else [BOTH]
        return list(kinds.get(measure.series, [*scenario.sides, *together]))
    if measure.weeks_until is not None:
        return None if measure.weeks_until in OF_TALKS else list(scenario.sides)
    if measure.outcome is not None:
        return list(scenario.sides) if measure.outcome in OF_OUTCOME else None
    issues = [] if scenario.talks is None else list(scenario.talks.issues)
    kinds = {"players": _players(scenario), "sides": list(scenario.sides), "issues": issues}
    return kinds[OF_FIGURE[measure.figure]] if measure.figure in OF_FIGURE else None
