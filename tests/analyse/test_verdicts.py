"""Planted claims get their planted verdicts, whatever the seed."""

import numpy as np
import pytest

from westphalia.analyse.methods.boxes import induce
from westphalia.analyse.methods.verdicts import Verdict, judge, runs_to_settle, wilson


def board(runs, seed):
    """Claims with planted verdicts: chances of each run, by the planted verdict."""
    random = np.random.default_rng(seed)
    x = random.random((runs, 6))
    region = (x[:, 0] > 0.6) & (x[:, 2] < 0.5)
    slope = 0.5 + 0.2 * (x[:, 1] - 0.5)
    chances = {
        Verdict.HOLDS_BROADLY: np.full(runs, 0.9),
        Verdict.HOLDS_IN_A_REGION: np.where(region, 0.95, 0.25),
        Verdict.MIXED: slope,
        Verdict.FAILS_BROADLY: np.full(runs, 0.1),
    }
    return x, {verdict: random.random(runs) < chance for verdict, chance in chances.items()}


def verdict_on(x, holds, seed):
    return judge(int(holds.sum()), len(holds), induce(x, holds, seed=seed, subsamples=0))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_claim_gets_its_planted_verdict(seed):
    x, claims = board(10_000, seed)
    for planted, holds in claims.items():
        judged = verdict_on(x, holds, seed)
        assert judged.verdict is planted
        assert judged.share.value == holds.mean()
        assert judged.runs_to_settle is None


def test_another_seed_changes_a_verdict_only_where_one_of_them_was_undecided():
    changed = undecided = 0
    for claim in range(24):
        share, inside = 0.1 + 0.033 * claim, min(0.6 + 0.016 * claim, 1.0)
        verdicts = set()
        for seed in (1, 2):
            random = np.random.default_rng((claim, seed))
            x = random.random((2000, 4))
            holds = random.random(2000) < np.where(x[:, 0] < 0.3, inside, share)
            verdicts.add(verdict_on(x, holds, seed).verdict)
        undecided += Verdict.UNDECIDED in verdicts
        changed += len(verdicts - {Verdict.UNDECIDED}) > 1
    assert changed == 0
    assert 0 < undecided < 24


def test_a_share_on_the_limit_is_undecided_and_the_runs_it_asks_for_settle_it():
    judged = judge(1580, 2000, None)
    assert judged.verdict is Verdict.UNDECIDED
    assert judged.runs_to_settle is not None
    more = judged.runs_to_settle
    low, high = wilson(round(0.79 * more), more)
    assert low < 0.79 < high < 0.8 + 1e-3
    assert judged.runs_to_settle > 2000
    assert judge(1600, 2000, None).runs_to_settle is None
    assert judge(1600, 2000, None).verdict is Verdict.UNDECIDED


def test_what_would_settle_a_box_is_told_too():
    random = np.random.default_rng(3)
    x = random.random((2000, 4))
    holds = random.random(2000) < np.where(x[:, 0] < 0.3, 0.83, 0.3)
    judged = verdict_on(x, holds, 1)
    assert judged.verdict is Verdict.UNDECIDED
    assert judged.runs_to_settle is None or judged.runs_to_settle > 2000


def test_the_interval_is_that_of_wilson():
    # Roots of (p - x)^2 = z^2 x (1 - x) / n, the definition.
    low, high = wilson(30, 100)
    for limit in (low, high):
        assert (0.3 - limit) ** 2 == pytest.approx(2.5758293**2 * limit * (1 - limit) / 100)


def test_no_number_of_runs_settles_a_share_on_its_limit():
    assert runs_to_settle(0.8, 0.8) is None
    assert runs_to_settle(0.7, 0.8) == pytest.approx(2.5758293**2 * 0.21 / 0.01, abs=1)


def test_a_share_of_no_runs_is_refused():
    with pytest.raises(ValueError, match="0 runs"):
        judge(0, 0, None)
    with pytest.raises(ValueError, match="boxes"):
        judge(500, 1000, None)
