"""What groups add to a level, where all runs count and where some do not; claims sorted by what two positions say."""

import numpy as np
import pytest

from westphalia.analyse.crux_claims import COUNTED, sorted_out
from westphalia.analyse.crux_values import by_group, increments, linear, standard_error

DRAW = np.random.default_rng(4)


def test_where_every_run_counts_a_step_is_the_change_of_value():
    values = DRAW.normal(size=(4, 50))
    np.testing.assert_array_equal(increments(values), np.diff(values, axis=0))
    levels, parts = linear(values)
    np.testing.assert_allclose(levels, values.mean(axis=1))
    assert standard_error(parts[0]) == pytest.approx(values[0].std(ddof=1) / np.sqrt(50))


def test_steps_of_a_ratio_add_up_to_its_change():
    values = np.where(DRAW.random((5, 200)) < 0.6, 1.0 * (DRAW.random((5, 200)) < 0.4), np.nan)
    order = np.array([DRAW.permutation(4) for _ in range(200)]).T
    effect, _ = by_group(increments(values), order)
    levels = np.nanmean(values, axis=1)
    np.testing.assert_allclose(linear(values)[0], levels)
    np.testing.assert_allclose(increments(values).mean(axis=1), np.diff(levels))
    assert effect.mean(axis=1).sum() == pytest.approx(levels[-1] - levels[0])
    np.testing.assert_allclose(increments(values[::-1])[::-1], -increments(values))


def test_a_group_that_changes_only_which_runs_count_adds_what_the_ratio_moves_by():
    before, after = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0, np.nan])
    assert increments(np.stack([before, after])).mean() == pytest.approx(2 / 3 - 1 / 2)


def test_the_error_of_a_ratio_is_that_of_repeated_samples():
    levels, errors = [], []
    for _ in range(400):
        values = np.where(DRAW.random((1, 300)) < 0.5, 1.0 * (DRAW.random((1, 300)) < 0.3), np.nan)
        level, parts = linear(values)
        levels.append(level[0])
        errors.append(standard_error(parts[0]))
    assert np.mean(errors) == pytest.approx(np.std(levels), rel=0.12)


def test_claims_with_few_runs_that_count_stand_by_themselves():
    def answers(**of):
        return {name: {"verdict": verdict, "counted": counted} for name, (verdict, counted) in of.items()}

    holds, fails, mixed = "holds broadly", "fails broadly", "mixed"
    found = sorted_out(
        dict.fromkeys("abcdef", "so it is"),
        {
            "one": answers(
                a=(holds, COUNTED), b=(holds, 512), c=(holds, 512), d=(mixed, 512), e=(mixed, 512), f=(fails, 5)
            ),
            "two": answers(
                a=(holds, 300), b=(holds, COUNTED - 1), c=(fails, 512), d=(mixed, 512), e=(holds, 512), f=(holds, 512)
            ),
        },
    )
    ids = {key: [row["id"] for row in rows] for key, rows in found.items()}
    assert ids == {"common_ground": ["a"], "apart": ["c", "e"], "too_few": ["b", "f"]}
    assert found["common_ground"][0]["counted"] == {"one": COUNTED, "two": 300}
    assert found["too_few"][0]["verdicts"] == {"one": holds, "two": holds}
