"""From a scenario to a world and a state, for a block of cases."""

from __future__ import annotations

import dataclasses
import math
from operator import attrgetter
from typing import Any

import numpy as np

from westphalia.assemble.arrays import backers_of, by_side, stack, war_age
from westphalia.assemble.calendars import belt_count, calendar
from westphalia.assemble.draw import DRAWN, WHOLE, Draw, Parts, Values
from westphalia.assemble.start import start
from westphalia.assemble.table import table
from westphalia.assemble.talks_start import talks_at_start, truce_at_start
from westphalia.kinds import SIDES, parameters
from westphalia.laws import TALKS, WAR, laws_of
from westphalia.laws.numerics import integrate, sum_rows
from westphalia.model.shocks import Noise
from westphalia.model.state import State
from westphalia.model.table import Stance, TalkLaws
from westphalia.model.world import Backers, Constants, Doctrine, Ground, Identity, Laws, Sides, World
from westphalia.scenario.anchors import anchored
from westphalia.scenario.schema import Front, Scenario

WALL = 1e6


@dataclasses.dataclass(frozen=True)
class Assembly:
    """A world and its state at the start, with the assumptions that were drawn: path -> value for each case."""

    world: World
    state: State
    assumptions: dict[str, np.ndarray]


def assemble(
    scenario: Scenario,
    *,
    seed: int,
    cases: np.ndarray,
    weeks: int,
    parts: Parts = WHOLE,
    values: Values = DRAWN,
) -> Assembly:
    """Draw the assumptions of these cases and build what the engine needs; numbers are float64.

    Args:
        scenario: A checked scenario.
        seed: Seed of the study.
        cases: Case numbers.
        weeks: Steps that the run will last.
        parts: Numbers that are drawn from a part of their range only, by path, even where the scenario names a table.
        values: Numbers that are not drawn but taken from a table, by path; a constant may be among them.

    Raises:
        ValueError: If a table of values has not one value a case, or names no number of the scenario.
    """
    named = {
        path: np.asarray(column)[cases % len(column)] for path, column in scenario.drawn.items() if path not in parts
    }
    draw = Draw(seed, cases, parts, {**named, **values})
    ground = _ground(scenario, draw)
    world = World(
        laws=_laws(scenario, draw),
        ground=ground,
        doctrine=_doctrine(scenario, draw),
        sides=_sides(scenario, draw),
        backers=_backers(scenario, draw),
        constants=_numbers(Constants, scenario.outcomes, "outcomes", draw),
        noise=_noise(scenario, draw),
        calendar=calendar(scenario, weeks, draw),
        identity=_identity(scenario),
    )
    world, state = start(scenario, world, draw)
    if scenario.talks is not None:
        laws = _talk_laws(scenario, draw)
        made = table(scenario, scenario.talks, laws, ground, state.advance.position, draw)
        world = dataclasses.replace(world, table=made)
        talks = talks_at_start(scenario, scenario.talks, world, state, draw)
        state = dataclasses.replace(state, talks=talks, truce=truce_at_start(scenario.talks))
    if leftover := draw.leftover():
        raise ValueError(f"values name no number of the scenario: {', '.join(leftover)}")
    return Assembly(world, state, draw.assumptions)


def _laws(scenario: Scenario, draw: Draw) -> Laws:
    return Laws(**{family: _law(scenario, family, draw) for family in WAR})


def _talk_laws(scenario: Scenario, draw: Draw) -> TalkLaws:
    return TalkLaws(**{family: _law(scenario, family, draw) for family in TALKS})


def _law(scenario: Scenario, family: str, draw: Draw) -> Any:  # noqa: ANN401
    block = getattr(scenario.laws, family)
    law = laws_of(family)[block.law]
    values = {}
    for name, declared in parameters(law).items():
        given, path = getattr(block, name), f"laws.{family}.{name}"
        if isinstance(given, dict):
            values[name] = stack([draw(f"{path}.{side}", given[side]) for side in scenario.sides])
            continue
        value = draw.studied(path, declared) if given is None else draw(path, given)
        values[name] = np.stack([value, value]) if declared.axis == "side" else value
    return law(**values)


def _numbers(record: type, block: Any, path: str, draw: Draw) -> Any:  # noqa: ANN401
    return record(**{name: draw(f"{path}.{name}", getattr(block, name)) for name in type(block).model_fields})


def _noise(scenario: Scenario, draw: Draw) -> Noise:
    """Spreads of each side's term; power shocks are differences of two, so each carries half of the variance."""
    drawn = _numbers(Noise, scenario.chance, "chance", draw)
    half = math.sqrt(0.5)
    return Noise(front=half * drawn.front, theatre=half * drawn.theatre, tempo=drawn.tempo, intensity=drawn.intensity)


def _ground(scenario: Scenario, draw: Draw) -> Ground:
    fronts = list(scenario.fronts.items())
    sign = np.array([1.0, -1.0])[:, None]

    def sided(field: str, otherwise: float = 0.0) -> np.ndarray:
        rows = [by_side(scenario, draw, f"fronts.{n}.{field}", getattr(f, field), otherwise) for n, f in fronts]
        return np.swapaxes(stack(rows), 0, 1)

    width_at, width = _table(fronts, "width", draw)
    people_at, people = _table(fronts, "inhabitants", draw)
    limit, home = sided("limit"), sided("home")
    return Ground(
        width_at=width_at,
        width=width,
        inhabitants_at=people_at,
        inhabitants=people,
        limit=limit,
        home=home,
        home_area=_beyond_home(home, width_at, width),
        home_people=_beyond_home(home, people_at, people),
        stop=_stop(scenario, draw, sided("stop") * sign[..., None], limit),
        terrain=stack([draw(f"fronts.{n}.terrain", f.terrain) for n, f in fronts]),
        **_rivers(scenario, draw),
        **_belts(scenario, draw),
        hostility=sided("hostility"),
        neighbours=_neighbours(scenario),
        decisive=np.array([[float(s in f.decisive) for _, f in fronts] for s in scenario.sides])[..., None],
        industry=sided("industry"),
    )


def _beyond_home(home: np.ndarray, knots: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.stack([integrate(home[0], knots, values), -integrate(-home[1], knots, values)])


def _stop(scenario: Scenario, draw: Draw, of_fronts: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """Stop lines in own direction: the fronts' own, or a share of the depth that the doctrine gives up."""
    rows = []
    for i, (side, block) in enumerate(scenario.doctrine.items()):
        doctrine = anchored(block)
        if doctrine.stop_line == "front":
            rows.append(of_fronts[i])
        else:
            rows.append(-draw(f"doctrine.{side}.stop_line", doctrine.stop_line) * limit[1 - i])
    return stack(rows)


def _table(fronts: list[tuple[str, Front]], field: str, draw: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Knots and values of a table over position, the last knot repeated where a front has fewer: (front, knot, run)."""
    depth = max(len(getattr(front, field)) for _, front in fronts)
    at, value = [], []
    for name, front in fronts:
        knots = getattr(front, field)
        filled = [*knots, *[knots[-1]] * (depth - len(knots))]
        at.append([knot.at + max(0, i - len(knots) + 1) for i, knot in enumerate(filled)])
        value.append(
            stack([draw(f"fronts.{name}.{field}.{min(i, len(knots) - 1)}", k.value) for i, k in enumerate(filled)])
        )
    return np.array(at)[..., None], stack(value)


def _rivers(scenario: Scenario, draw: Draw) -> dict[str, np.ndarray]:
    at, half, bonus, capacity = [], [], [], []
    for name, front in scenario.fronts.items():
        river, path = front.river, f"fronts.{name}.river"
        at.append(river.at if river else WALL)
        half.append(river.half_width if river else 1.0)
        bonus.append(draw(f"{path}.bonus", river.bonus) if river else np.zeros(1))
        capacity.append(by_side(scenario, draw, f"{path}.capacity", river.capacity, 1.0) if river else np.ones((2, 1)))
    return {
        "river_at": np.array(at)[:, None],
        "river_half_width": np.array(half)[:, None],
        "river_bonus": stack(bonus),
        "river_capacity": np.swapaxes(stack(capacity), 0, 1),
    }


def _belts(scenario: Scenario, draw: Draw) -> dict[str, np.ndarray]:
    shape = (2, len(scenario.fronts), belt_count(scenario), 1)
    at, half, bonus = np.zeros(shape), np.ones(shape), {}
    for k, (name, front) in enumerate(scenario.fronts.items()):
        for i, side in enumerate(scenario.sides):
            own = [(n, belt) for n, belt in enumerate(front.belts) if belt.side == side]
            for b, (n, belt) in enumerate(own):
                at[i, k, b], half[i, k, b] = belt.at, belt.half_width
                bonus[i, k, b] = draw(f"fronts.{name}.belts.{n}.bonus", belt.bonus)
    none = np.zeros(1)
    rows = [
        stack([stack([bonus.get((i, k, b), none) for b in range(shape[2])]) for k in range(shape[1])]) for i in range(2)
    ]
    return {"belt_at": at, "belt_half_width": half, "belt_bonus": stack(rows)}


def _neighbours(scenario: Scenario) -> np.ndarray:
    names = list(scenario.fronts)
    weights = np.zeros((len(names), len(names)))
    for k, front in enumerate(scenario.fronts.values()):
        for neighbour in front.neighbours:
            weights[k, names.index(neighbour)] = 1.0 / len(front.neighbours)
        if not front.neighbours:
            weights[k, k] = 1.0
    return weights[..., None]


def _doctrine(scenario: Scenario, draw: Draw) -> Doctrine:
    def entry(field: str, pick: Any) -> np.ndarray:  # noqa: ANN401
        blocks = {side: anchored(scenario.doctrine[side]) for side in scenario.sides}
        return stack([draw(f"doctrine.{side}.{field}", pick(block)) for side, block in blocks.items()])

    inside = {"mobilisation": "mobilisation", "strike": "strikes"}
    values = {}
    for field in dataclasses.fields(Doctrine):
        if field.name == "talks":
            continue
        group, _, part = field.name.partition("_")
        path = f"{inside[group]}.{part}" if group in inside else field.name
        values[field.name] = entry(path, attrgetter(path))
    moves = [float(anchored(scenario.doctrine[side]).overtures.with_change_of_demands) for side in scenario.sides]
    talks = Stance(
        opening=entry("opening_demand", attrgetter("opening_demand")),
        rate=entry("concession_rate", attrgetter("concession_rate")),
        overture=entry("overtures.rate", attrgetter("overtures.rate")),
        moves=np.array(moves)[:, None],
        step=entry("overtures.step", attrgetter("overtures.step")),
        truce=entry("truce_acceptance", attrgetter("truce_acceptance")),
    )
    return Doctrine(**values, talks=talks)


def _sides(scenario: Scenario, draw: Draw) -> Sides:
    def each(field: str) -> np.ndarray:
        return stack([draw(f"sides.{name}.{field}", getattr(side, field)) for name, side in scenario.sides.items()])

    pool = [
        sum_rows(stack([draw(f"sides.{name}.pool.{cohort}", amount) for cohort, amount in side.pool.items()]))
        for name, side in scenario.sides.items()
    ]
    total = [draw(f"sides.{name}.force.total", side.force.total) for name, side in scenario.sides.items()]
    later = np.zeros((2, 1))
    return Sides(
        population=each("population"),
        pool=stack(pool),
        strength_wanted=each("strength_wanted"),
        strength_at_start=stack(total),
        armour_at_start=each("armour"),
        dependence=each("dependence"),
        support_base=later,
        occupied_at_start=later,
        industry_at_start=later,
    )


def _backers(scenario: Scenario, draw: Draw) -> Backers:
    backers = backers_of(scenario).items()
    steps_a_year = 365.25 / scenario.clock.days

    def each(field: str) -> np.ndarray:
        return stack([draw(f"backers.{name}.{field}", getattr(backer, field)) for name, backer in backers])

    return Backers(
        backs=np.array([[float(b.side == side) for _, b in backers] for side in scenario.sides])[..., None],
        capacity=each("capacity") / steps_a_year,
        armour_weight=each("armour_weight"),
        ammunition_weight=each("ammunition_weight"),
        war_age=np.full(1, war_age(scenario)),
    )


def _identity(scenario: Scenario) -> Identity:
    side = np.arange(2)[:, None]
    front = np.arange(len(scenario.fronts))[None, :, None]
    return Identity(
        side=side,
        front=(side[:, None] * 64 + front + 2),
        backer=np.arange(len(backers_of(scenario)))[:, None],
        player=np.arange(len(scenario.talks.players) + SIDES if scenario.talks else SIDES)[:, None],
    )
