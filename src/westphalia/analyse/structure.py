"""Structural tests of the coupled war: what must hold for any draw of the assumptions, each with its figure.

They say how the equations behave, never how the world does. ``python -m westphalia.analyse.structure docs`` writes
``docs/structure.md``.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

import westphalia
from westphalia.analyse.bridgehead import bridgehead
from westphalia.analyse.finding import RUNS, SEED, Finding
from westphalia.analyse.interventions import Start, replaced
from westphalia.analyse.play import begin, play
from westphalia.analyse.readings import History
from westphalia.analyse.scale import scale_of_terms
from westphalia.analyse.tallies import Tally, note
from westphalia.model.outcome import EVENTS
from westphalia.scenario.document import read
from westphalia.scenario.load import library, load
from westphalia.scenario.schema import Scenario

STOCKS = {
    "materiel.ammunition": "ammunition",
    "materiel.armour": "armour",
    "manpower.quality": "quality",
    "cohesion.level": "cohesion",
    "manpower.force": "force",
}
"""Stocks of the state that must have a reader, by the word for each."""


def quiet_front(name: str, scenario: Scenario) -> list[Finding]:
    """Postures 0 on both sides: no line moves."""
    start = begin(scenario, weeks=52, runs=RUNS, seed=SEED)
    for path in ("world.calendar.posture", "state.advance.tempo"):
        start = replaced(start, path, np.zeros_like)
    moved = np.abs(_moved(play(scenario, start, weeks=52, runs=RUNS, seed=SEED)))
    return [
        _finding("1 quiet front", name, "largest shift of a line in a year without attacks", moved.max(), 0.05, "km")
    ]


def growth_of_a_difference(name: str, scenario: Scenario) -> list[Finding]:
    """One side one per cent stronger, no noise, tempo .4 wanted everywhere: lines stay close for a year."""
    start = begin(scenario, weeks=52, runs=RUNS, seed=SEED)
    start = replaced(start, "world.calendar.posture", lambda posture: np.full_like(posture, 0.4))
    for noise in ("front", "theatre", "tempo", "intensity"):
        start = replaced(start, f"world.noise.{noise}", np.zeros_like)
    stronger = replaced(start, "state.manpower.force", lambda force: force * np.array([1.01, 1.0])[:, None, None])
    apart = np.abs(_moved(_played(scenario, stronger)) - _moved(_played(scenario, start))).max(axis=0)
    figure = (apart > 10).mean()
    text = f"{100 * figure:.1f} % (median {np.median(apart):.1f} km, 95 % {np.quantile(apart, 0.95):.1f} km)"
    sentence = "draws in which 1 % more force shifts a line by over 10 km in a year"
    return [Finding("3 growth of a difference", name, sentence, text, "at most 10 %", bool(figure <= 0.1))]


def truce(name: str, scenario: Scenario) -> list[Finding]:
    """No fighting for a year: nobody dies of it, lines stand, works grow, forces stay bounded."""
    start = begin(scenario, weeks=52, runs=RUNS, seed=SEED)
    start = replaced(start, "world.calendar.fighting", np.zeros_like)
    history = _played(scenario, start)
    dead = max((history.of("dead", side)[-1] - history.of("dead", side)[0]).max() for side in (0, 1))
    grown = max(float(np.quantile(history.of("force", s)[-1] / history.of("force", s)[0], 0.95)) for s in (0, 1))
    works = float(np.asarray(history.state.advance.dig_in).min())
    return [
        _finding("4 truce", name, "most dead of a year of truce", dead, 1e-6, "thousand"),
        _finding("4 truce", name, "largest shift of a line", np.abs(_moved(history)).max(), 0.05, "km"),
        _finding("4 truce", name, "shortfall of field works after a year", 1 - works, 0.05, ""),
        _finding("4 truce", name, "growth of the forces, 95 % of runs", grown, 1.5, "times"),
    ]


def readers(name: str, scenario: Scenario) -> list[Finding]:
    """Each stock moves the power ratio: a fifth less of it changes the lines within 26 weeks."""
    start = begin(scenario, weeks=26, runs=512, seed=SEED)
    base = play(scenario, start, weeks=26, runs=512, seed=SEED)
    found = []
    for stock, word in STOCKS.items():
        less = replaced(start, f"state.{stock}", _less_of_the_first)
        shift = np.abs(_moved(play(scenario, less, weeks=26, runs=512, seed=SEED)) - _moved(base)).max(axis=0)
        share = float((shift > 1e-4).mean())
        sentence = f"runs in which a fifth less {word} shifts a line"
        found.append(Finding("5 stocks have readers", name, sentence, f"{100 * share:.0f} %", "over 50 %", share > 0.5))
    return found


def triggers(name: str, scenario: Scenario) -> list[Finding]:
    """Each cause to leave ground and the counter-offensive fire in some runs and not in all, within the horizon."""
    weeks = scenario.weeks
    history = play(scenario, begin(scenario, weeks=weeks, runs=RUNS, seed=SEED), weeks=weeks, runs=RUNS, seed=SEED)
    first = np.asarray(history.state.outcome.first)
    found = []
    for event in EVENTS[EVENTS.index("withdrawal by losses") :]:
        share = float((first[EVENTS.index(event)] >= 0).any(axis=0).mean())
        sentence = (
            f"runs with a {event} of either side" if not event.startswith("withdrawal") else f"runs with a {event}"
        )
        found.append(
            Finding("6 triggers fire", name, sentence, f"{100 * share:.1f} %", "1 to 99 %", 0.01 <= share <= 0.99)
        )
    return found


def belts(name: str, scenario: Scenario) -> list[Finding]:
    """One kilometre inside a belt changes the worth of defence by less than a twentieth."""
    start = begin(scenario, weeks=1, runs=512, seed=SEED)
    ground = start.world.ground
    most = 0.0
    for belt in range(ground.belt_at.shape[2]):
        for shift in np.linspace(-1.0, 1.0, 21):
            values = [_defence(start, belt, shift, km) for km in (0.0, 1.0)]
            most = max(most, float(np.abs(values[1] / values[0] - 1.0).max()))
    return [_finding("7 belt persistence", name, "largest change of defence over 1 km of a belt", most, 0.05, "")]


def force_growth(name: str, scenario: Scenario) -> list[Finding]:
    """Armies stay within a factor of one and a half over four years (median)."""
    weeks = 208
    history = play(scenario, begin(scenario, weeks=weeks, runs=RUNS, seed=SEED), weeks=weeks, runs=RUNS, seed=SEED)
    found = []
    for side, key in enumerate(history.sides):
        ratio = float(np.median(history.of("force", side)[-1] / history.of("force", side)[0]))
        found.append(
            Finding(
                "9 force growth",
                name,
                f"force of {key} after four years over that at the start, median",
                f"{ratio:.2f}",
                "0.67 to 1.5",
                1 / 1.5 <= ratio <= 1.5,
            )  # fmt: skip
        )
    return found


def tails(name: str, scenario: Scenario) -> list[Finding]:
    """From a dug-in start few draws move more than 30,000 km2 in two years."""
    start = begin(scenario, weeks=104, runs=4 * RUNS, seed=SEED)
    change = _land(play(scenario, start, weeks=104, runs=4 * RUNS, seed=SEED))
    share = float((np.abs(change) > 30_000).mean())
    q = np.quantile(change, [0.1, 0.5, 0.9])
    text = f"{100 * share:.1f} % (10-50-90 %: {q[0]:,.0f}, {q[1]:,.0f}, {q[2]:,.0f} km2)"
    sentence = "draws whose land changes by over 30,000 km2 in two years"
    return [Finding("11 prior tails", name, sentence, text, "under 5 %", share < 0.05)]


def _moved(history: History) -> np.ndarray:
    lines = history.own_positions(0)
    return lines[-1] - lines[0]


def _land(history: History) -> np.ndarray:
    land = history.of("land", 0) - history.of("land", 1)
    return land[-1] - land[0]


def _played(scenario: Scenario, start: Start) -> History:
    return play(scenario, start, weeks=52, runs=RUNS, seed=SEED)


def _less_of_the_first(array: np.ndarray) -> np.ndarray:
    array[0] *= 0.8
    return array


def _defence(start: Start, belt: int, shift: float, km: float) -> np.ndarray:
    ground, state = start.world.ground, start.state
    away = shift + km / ground.belt_half_width[:, :, belt]
    worth = ground.belt_bonus[:, :, belt] / (1.0 + away**4)
    none = np.zeros_like(worth)
    return start.world.laws.power.defence(
        ground.terrain, worth, none, state.advance.dig_in, state.advance.saturation, none + 1.0
    )


def _finding(test: str, scenario: str, sentence: str, value: float, bound: float, unit: str) -> Finding:
    value = float(value)
    return Finding(
        test, scenario, sentence, f"{value:.3g} {unit}".strip(), f"at most {bound:g} {unit}".strip(), value <= bound
    )


TESTS: tuple[Callable[[str, Scenario], list[Finding]], ...] = (
    quiet_front,
    bridgehead,
    growth_of_a_difference,
    truce,
    readers,
    triggers,
    belts,
    force_growth,
    tails,
    scale_of_terms,
)


def plan() -> dict[str, list[str]]:
    """Which test looks at which starts: data of the library."""
    return read(library() / "structure.yaml").data


def scenarios() -> dict[str, Scenario]:
    """The starts that the tests look at, by name; without talks, since they look at the war."""
    names = dict.fromkeys(name for starts in plan().values() for name in starts)
    found = {name: load(name.split()[0], variant=(name.split()[1:] or [None])[0]).scenario for name in names}
    return {name: scenario.model_copy(update={"talks": None}) for name, scenario in found.items()}


WHY = {
    "6": (
        "A withdrawal by plan needs a plan that takes force from a front: only the calendars of 2022 have one, and "
        "there it fires in nearly all runs. In the duel both sides are supplied and dug in, so neither losses nor "
        "want drive anyone off a line within their doctrine; F3 to F5 of the sign tests make them. In 2022 a thin "
        "line against a column is untenable in every run. Attack at full posture on all fronts then outruns supply, "
        "neighbours and garrisons, so that overextension on two fronts passes the trigger and the other side's "
        "counter-offensive begins in week 3 of nearly all runs; and the intake of that year's calendar keeps strength "
        "above what would call a wave (without it nine runs in ten have one)."
    ),
    "8": (
        "'Others' is the gap between one backer's will and the mean of the rest, 'abandonment' an expectation that "
        "rises when aid is cut, 'victory' the reading of a map that hardly moves: each is small in an undisturbed "
        "year. The 95 % point beside the median shows how far each reaches when something happens."
    ),
    "11": (
        "See decision 03: the runs behind the tail have a soft bend of the line and a high ratio of forces, and no "
        "calibration has narrowed either yet."
    ),
}
"""What is known of the reasons, by number of the test; told where a row of it fails."""


def findings() -> list[Finding]:
    """All figures, in order."""
    starts, looks_at = scenarios(), plan()
    return [finding for test in TESTS for name in looks_at[test.__name__] for finding in test(name, starts[name])]


def write(folder: Path) -> None:
    """Write ``structure.md`` into a folder, with its tally."""
    rows = findings()
    rows.sort(key=lambda f: int(f.test.split()[0]))
    words = {True: "yes", False: "**no**", None: "report"}
    lines = [
        "# Structural tests",
        "",
        f"Made by `python -m westphalia.analyse.structure docs` with version {westphalia.__version__} on "
        f"{dt.date.today().isoformat()}; {RUNS:,} draws (4 times as many for tails), seed {SEED}. How the equations "
        "behave over the prior, not how the world does. Nothing is tuned to pass; failures stand as they are. "
        "Talks are switched off.",
        "",
        "| test | start | what | figure | bound | passed |",
        "|---|---|---|---|---|---|",
        *(f"| {f.test} | {f.scenario} | {f.sentence} | {f.figure} | {f.bound} | {words[f.passed]} |" for f in rows),
        "",
        "The mirror and the balances of persons, materiel and money are exact and stand among the tests that "
        "`make test` runs. Test 10, edge piling, belongs to calibrations, and test 12, the record, to hindcasts: see "
        "[evidence](evidence.md).",
        "",
        "## What fails, and why",
        "",
        *(f"* **Test {number}.** {why}" for number, why in WHY.items() if _fails(rows, number)),
        "",
    ]
    (folder / "structure.md").write_text("\n".join(lines))
    note(folder, "structure.md", [tally(rows)])


def tally(rows: list[Finding]) -> Tally:
    """How many figures keep their bound, of those that have one, and the tests in which some do not."""
    bound = [row for row in rows if row.passed is not None]
    failing = dict.fromkeys(row.test for row in bound if not row.passed)
    return Tally("Structural tests", sum(bool(row.passed) for row in bound), len(bound), list(failing))


def _fails(rows: list[Finding], number: str) -> bool:
    return any(row.passed is False and row.test.split()[0] == number for row in rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
