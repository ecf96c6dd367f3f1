"""Scale of each term of the backers' utility and of the field on the troops: none drowns the others, none is idle."""

from __future__ import annotations

import numpy as np

from westphalia.analyse.finding import RUNS, SEED, Finding
from westphalia.analyse.play import begin, play
from westphalia.model.picture import sides_to_backers, take
from westphalia.scenario.schema import Scenario

WEEKS = 52


def scale_of_terms(name: str, scenario: Scenario) -> list[Finding]:
    """Median share of each term in the sum of the sizes of all terms, after a year."""
    start = begin(scenario, weeks=WEEKS + 1, runs=RUNS, seed=SEED)
    history = play(scenario, start, weeks=WEEKS, runs=RUNS, seed=SEED)
    world, state = start.world, history.state
    picture = take(world, state, world.calendar.at(WEEKS))
    aid, laws = state.aid, world.laws
    will = np.asarray(aid.will, float)
    utility = laws.aid.utility(
        will, np.asarray(aid.fatigue), sides_to_backers(world, picture.victory),
        will.mean(axis=0, keepdims=True), np.array([[float(WEEKS)]]),
    )  # fmt: skip
    abandonment = laws.aid.abandonment(np.asarray(aid.expected), world.sides.dependence)
    field = laws.cohesion.field(
        np.asarray(state.supply.satisfaction),
        np.asarray(state.advance.loss_rate),
        np.asarray(picture.victory),
        abandonment,
    )
    return [*_shares("backers' utility", name, utility), *_shares("field on the troops", name, field)]


def _shares(whole: str, name: str, terms: dict[str, np.ndarray]) -> list[Finding]:
    sizes = {term: np.abs(value) for term, value in terms.items()}
    total = sum(sizes.values()) + 1e-12
    found = []
    for term, size in sizes.items():
        shares = np.broadcast_to(size / total, np.broadcast_shapes(np.shape(size), np.shape(total)))
        share, high = (float(np.quantile(shares, q)) for q in (0.5, 0.95))
        sentence = f"median share of the term '{term}' in the {whole}"
        found.append(
            Finding(
                "8 scale of terms",
                name,
                sentence,
                f"{100 * share:.1f} % (95 %: {100 * high:.0f} %)",
                "2 to 80 %",
                0.02 <= share <= 0.8,
            )
        )
    return found
