"""Three sub-steps a week are enough: finer steps move no share of an outcome by a percentage point."""

import jax
import numpy as np
import pytest

from wars import WEEKS, fought, loaded, war
from westphalia.model.outcome import OUTCOMES, SETTLED
from westphalia.scenario.schema import Clock

RUNS = 4096
CHUNK = 1024


def outcomes(name, substeps):
    """Outcome codes of 4,096 runs, and where their lines end."""
    scenario = loaded(name).scenario.model_copy(update={"clock": Clock(substeps=substeps)})
    made = war(scenario, runs=RUNS)
    ends = []
    for first in range(0, RUNS, CHUNK):
        part = made._replace(
            world=cut(made.world, first), state=cut(made.state, first), keys=made.keys[:, first : first + CHUNK]
        )
        ends.append(fought(part)[0])
    codes = np.concatenate([end.outcome.code for end in ends])
    return codes, np.concatenate([end.advance.position for end in ends], axis=-1)


def cut(tree, first):
    """One chunk of the runs."""
    return jax.tree.map(lambda a: a[..., first : first + CHUNK] if a.ndim and a.shape[-1] == RUNS else a, tree)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_outcome_shares_move_by_less_than_a_point_from_3_to_14_sub_steps(name):
    (coarse, lines), (fine, fine_lines) = outcomes(name, 3), outcomes(name, 14)
    moved = {
        words: (100.0 * (fine == code).mean(), 100.0 * (coarse == code).mean()) for code, words in enumerate(OUTCOMES)
    }
    says = "; ".join(f"{w}: {c:.2f} -> {f:.2f} %" for w, (f, c) in moved.items() if f or c)
    says += f"; {100 * (coarse != fine).mean():.2f} % of runs end otherwise ({WEEKS} weeks)"
    apart = (lines != fine_lines).any(axis=0)[(coarse != SETTLED) & (fine != SETTLED)]  # a text draws one line
    assert apart.mean() > 0.9, "finer steps changed nothing, so this test could not fail"
    assert max(abs(f - c) for f, c in moved.values()) < 1.0, says
