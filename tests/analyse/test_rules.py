"""Patient rule induction against planted boxes, pure noise, and the EMA workbench."""

import numpy as np
import pytest

from westphalia.analyse.methods.bins import MOST, place, rank_bins
from westphalia.analyse.methods.boxes import induce
from westphalia.analyse.methods.rules import Limits, Rule, choose, peel
from westphalia.analyse.methods.search import Wanted, find, inside_of

INSIDE, OUTSIDE = 0.92, 0.15


def planted(runs, columns, seed):
    """A box in columns 1, 3 and 4 of a tenth of the space, hits in it mostly and outside seldom."""
    random = np.random.default_rng(seed)
    x = random.random((runs, columns))
    inside = (x[:, 3] > 0.3) & (x[:, 3] <= 0.8) & (x[:, 1] <= 0.5) & (x[:, 4] > 0.6)
    return x, random.random(runs) < np.where(inside, INSIDE, OUTSIDE), inside


def test_bins_have_equal_runs_and_keep_equal_values_together():
    random = np.random.default_rng(1)
    x = np.column_stack([random.normal(size=5120), random.integers(0, 3, 5120), np.round(random.normal(size=5120), 1)])
    binned = rank_bins(x)
    assert np.bincount(binned.bins[0]).tolist() == [20] * MOST
    assert len(binned.edges[1]) == 2
    for column, (values, edges) in enumerate(zip(x.T, binned.edges, strict=True)):
        assert np.array_equal(place(values, edges), binned.bins[column])
        assert all(len(np.unique(binned.bins[column][values == value])) == 1 for value in np.unique(values))


def test_bins_refuse_what_has_no_rank():
    with pytest.raises(ValueError, match="finite"):
        rank_bins(np.array([[1.0], [np.nan]]))


def test_the_counts_kept_up_to_date_are_those_of_a_direct_count():
    x, hit, _ = planted(3000, 6, 2)
    binned = rank_bins(x)
    curve = peel(binned, hit, least_runs=100)
    for low, high, runs, hits in zip(curve.low, curve.high, curve.runs, curve.hits, strict=True):
        inside = inside_of(binned, Limits(low, high))
        assert (inside.sum(), hit[inside].sum()) == (runs, hits)
    assert (curve.runs[1:] <= 0.95 * curve.runs[:-1]).all()
    assert (np.diff(curve.density) > 0).all()
    assert curve.restricted[0] == 0
    assert curve.coverage[0] == 1


def test_a_planted_box_is_found_with_its_limits():
    x, hit, inside = planted(40_000, 12, 3)
    (box, *more) = induce(x, hit, seed=1).boxes
    assert not more
    found = {(limit.column, limit.is_upper): limit for limit in box.limits}
    truth = {(3, False): 0.3, (3, True): 0.8, (1, True): 0.5, (4, False): 0.6}
    assert found.keys() == truth.keys()
    # Two bins of 1/256: the edges lie so far apart.
    assert all(abs(found[end].value - value) < 2 / 256 for end, value in truth.items())
    assert all(limit.quasi_p < 1e-6 and limit.reproduced >= 0.9 for limit in box.limits)
    assert box.check.density.value == pytest.approx(INSIDE, abs=3 * box.check.density.se)
    assert box.check.coverage.value == pytest.approx(hit[inside].sum() / hit.sum(), abs=0.02)
    assert np.mean(box.contains(x) == inside) > 0.99


def test_two_planted_boxes_are_covered_by_two():
    random = np.random.default_rng(4)
    x = random.random((40_000, 8))
    first, second = (x[:, 0] < 0.3) & (x[:, 1] < 0.5), (x[:, 2] > 0.8) & (x[:, 5] > 0.4)
    hit = random.random(len(x)) < np.where(first | second, 0.95, 0.1)
    rules = induce(x, hit, seed=1, subsamples=0)
    assert [{limit.column for limit in box.limits} for box in rules.boxes] == [{0, 1}, {2, 5}]
    assert rules.union is not None
    assert rules.union.coverage.value == pytest.approx(hit[first | second].sum() / hit.sum(), abs=0.02)


def test_no_box_has_more_than_four_columns():
    random = np.random.default_rng(5)
    x = random.random((20_000, 8))
    hit = (x[:, :6] > 0.15).all(axis=1)
    for box in induce(x, hit, seed=1, subsamples=0).boxes:
        assert len({limit.column for limit in box.limits}) <= 4


def test_in_pure_noise_no_box_is_confirmed():
    confirmed = found = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        hit = random.random(2000) < (0.5, 0.7, 0.78)[seed % 3]
        boxes = induce(random.random((2000, 10)), hit, seed=seed, subsamples=0).boxes
        found += bool(boxes)
        confirmed += any(box.check.density.value - 2 * box.check.density.se >= 0.8 for box in boxes)
    assert found <= 2
    assert confirmed == 0


def test_what_holds_nearly_everywhere_needs_no_box():
    random = np.random.default_rng(11)
    rules = induce(random.random((4000, 5)), random.random(4000) < 0.9, seed=1)
    assert rules.boxes == ()
    assert rules.nearest is not None
    assert rules.nearest.limits == ()


def test_the_figures_of_a_box_are_no_better_than_those_of_runs_that_did_not_choose_it():
    x, hit, _ = planted(4000, 8, 6)
    gaps = []
    for seed in range(20):
        for box in induce(x, hit, seed=seed, subsamples=0, wanted=Wanted(Rule(margin=1.0))).boxes:
            gaps.append((box.density - box.check.density.value) / box.check.density.se)
    assert len(gaps) >= 20
    assert np.mean(np.abs(gaps) < 4) == 1


def test_levels_can_be_limited_too():
    random = np.random.default_rng(7)
    x = np.column_stack([random.integers(0, 2, 5000), random.integers(0, 4, 5000), random.random(5000)]).astype(float)
    hit = (x[:, 0] == 1) & (x[:, 1] >= 2)
    (box,) = induce(x, hit, seed=1, subsamples=0).boxes
    assert {(limit.column, limit.value) for limit in box.limits} == {(0, 0.5), (1, 1.5)}
    assert box.check.density.value == box.check.coverage.value == 1


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(4))
def test_the_box_is_at_least_as_dense_and_covers_at_least_as_much_as_that_of_the_ema_workbench(seed):
    prim = pytest.importorskip("ema_workbench.analysis.prim")
    pandas = pytest.importorskip("pandas")
    runs, least = 5000, 0.03
    x, hit, _ = planted(runs, 8, seed)
    table = pandas.DataFrame(x, columns=[f"x{n}" for n in range(x.shape[1])])
    curve = prim.Prim(table, hit, threshold=0.8, peel_alpha=0.05, mass_min=least).find_box().peeling_trajectory
    curve = curve[curve.density >= 0.8]
    theirs = curve.iloc[int(np.argmax(curve.density * curve.coverage))]
    binned = rank_bins(x)
    same_rule = inside_of(binned, find((binned, hit), Wanted(Rule()), int(least * runs))[0])
    assert hit[same_rule].mean() * hit[same_rule].sum() / hit.sum() >= theirs.density * theirs.coverage
    as_dense = Wanted(Rule(density=theirs.density, sharpness=0.0))
    inside = inside_of(binned, find((binned, hit), as_dense, int(least * runs))[0])
    assert hit[inside].mean() >= theirs.density * (1 - 1e-12)
    assert hit[inside].sum() / hit.sum() >= theirs.coverage * (1 - 1e-12)


def test_a_choice_follows_the_stated_rule():
    x, hit, _ = planted(5000, 5, 8)
    curve = peel(rank_bins(x), hit, least_runs=100)
    at = choose(curve, Rule(density=0.6))
    enough = np.flatnonzero(curve.density >= 0.6)
    assert at == enough[np.argmax((curve.coverage * curve.density)[enough])]
    assert choose(curve, Rule(density=0.6, sharpness=0.0)) == enough[0]
    assert choose(curve, Rule(density=0.999)) is None
