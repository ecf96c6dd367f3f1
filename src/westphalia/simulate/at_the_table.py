"""What the texts that a run considers are worth at its start, and how alike they would be read: one figure a run.

Definition:
    gain of a player = worth of signing a text, rightly read, over what the player must be offered
    best gain        = max over texts of the least gain among the players in question
        nations      each nation's utility against what fighting on is worth to it, without leaders and constituencies
        sides        leaderships and constituencies of the two sides whose yes is needed
        all          everybody whose yes is needed
    read alike       = product over the issues, or the first two, of the share of texts that parties read alike there,
                       each text carried once: errors on different issues are independent in the channel
Units:
    utility, 0 to 1; shares.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from westphalia.assemble import Assembly
from westphalia.kinds import SIDES, PerIssue
from westphalia.model.answers import limits, surplus, worth_of_signature
from westphalia.model.ballots import worst_off
from westphalia.model.channel import hear, turn
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import BARRED
from westphalia.model.table import Table
from westphalia.model.world import Identity
from westphalia.scenario.schema import Scenario
from westphalia.simulate.kernel import compiled, sub_steps
from westphalia.simulate.trees import ready_table

GAINS = ("nations", "sides", "all")
READERS = ("all", "capitals", "all on two issues")
TWO = 2
"""Issues of a short text."""
CARRYING = 20
"""Seed of the draws by which texts are carried; the same in all arms."""


def figure_columns(scenario: Scenario) -> list[str]:
    """Names of the columns, in order; the costly ones only where a claim asks for them."""
    if scenario.talks is None:
        return []
    gains = [*(f"gain[{who}]" for who in GAINS), *(f"gain[{side}]" for side in scenario.sides)]
    return gains + [f"alike[{who}]" for who in READERS if _is_asked(scenario)]


def figures(scenario: Scenario, assembly: Assembly, runs: np.ndarray) -> dict[str, np.ndarray]:
    """One value a run of each of ``figure_columns``; ``runs`` are their numbers."""
    if scenario.talks is None:
        return {}
    rows = list(_gains(assembly, len(runs)))
    if _is_asked(scenario):
        rows += _alike(assembly, runs)
    return dict(zip(figure_columns(scenario), rows, strict=True))


def _is_asked(scenario: Scenario) -> bool:
    figures_asked = (measure.figure for claim in scenario.claims.values() for measure in claim.measures)
    return any(figure is not None and figure.startswith("chance that") for figure in figures_asked)


def _gains(assembly: Assembly, runs: int) -> np.ndarray:
    """Best gain of the nations, of the sides, of all, and of each leadership: (figure, run)."""
    world, state, table = assembly.world, assembly.state, assembly.world.table
    assert table is not None, "who talks has a table"
    expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
    limit = limits(world, table, state, expected)
    own = np.array([party < SIDES for party in table.seating.party_of])[:, None]
    best = np.full((len(GAINS) + SIDES, runs), -np.inf)
    for text in range(len(table.texts.worth)):
        signature = worth_of_signature(table, state, expected, table.texts.worth[text], table.texts.guarantee[text])
        gain = surplus(table, state, signature, limit)
        nations = (signature[:SIDES] - expected.value).min(axis=0)
        sides = worst_off(table.seating, np.where((table.needed > 0.0) & own, gain, np.inf))
        everybody = worst_off(table.seating, np.where(table.needed > 0.0, gain, np.inf))
        rows = [nations, sides, everybody, *gain[:SIDES]]
        barred = BARRED * table.texts.barred[text]
        best = np.maximum(best, np.stack([np.broadcast_to(row - barred, runs) for row in rows]))
    return best


def _alike(assembly: Assembly, runs: np.ndarray) -> list[np.ndarray]:
    """Chance that all, and that the two capitals, read a text alike, and that all do so on two issues."""
    world, table = assembly.world, assembly.world.table
    assert table is not None, "who talks has a table"
    given = ready_table(table, len(runs), np.float32), run_keys(CARRYING, runs), world.identity
    by_all, by_capitals = (np.asarray(rows, float) for rows in compiled(_shares_alike, *given))
    return [by_all.prod(axis=0), by_capitals.prod(axis=0), by_all[:TWO].prod(axis=0)]


@jax.jit
def _shares_alike(table: Table, keys: Any, identity: Identity) -> tuple[PerIssue, PerIssue]:  # noqa: ANN401
    """Shares of the texts that all parties, and that the capitals, read alike, by issue."""
    texts, real = table.texts.option, table.terms.value.dtype

    def one_more(number: Any, counts: tuple[PerIssue, PerIssue]) -> tuple[PerIssue, PerIssue]:  # noqa: ANN401
        draws = weekly_draws(keys, number, identity, real)
        text = jnp.broadcast_to(texts[number], counts[0].shape)
        read = hear(table, text, turn(table, number), draws, sub_steps).read
        return tuple(
            count + (readers == readers[:1]).all(axis=0)
            for count, readers in zip(counts, (read, read[:SIDES]), strict=True)
        )

    none = jnp.zeros((texts.shape[1], keys.shape[1]), real)
    counts = jax.lax.fori_loop(0, texts.shape[0], one_more, (none, none))
    return tuple(count / texts.shape[0] for count in counts)
