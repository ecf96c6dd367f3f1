"""The battle of Iwo Jima through the whole engine, against the figures of Engel."""

import functools

import numpy as np
import pytest

from wars import fought, loaded, war
from westphalia.scenario.schema import Clock

ATTACKER, DEFENDER = 51.985, 0.217
"""Thousand left after 36 days, by the differential equations with Engel's numbers [Engel1954]."""


@functools.cache
def remaining(substeps):
    """Thousand of each side left, by the engine with this many sub-steps a day, in single precision."""
    scenario = loaded("iwo-jima").scenario.model_copy(update={"clock": Clock(days=1, substeps=substeps)})
    made = war(scenario, runs=2, weeks=36)
    end = fought(made, (0, 36), every=1)[0]
    force = end.manpower.force[:, 0] + end.manpower.reserve
    np.testing.assert_array_equal(force[:, 0], force[:, 1])
    return force[:, 0].astype(float)


def test_the_attacker_ends_within_one_percent_of_engels_figure():
    """From ten steps a day on; a daily step leaves 1.6 % too few, as landings join between the engine's steps."""
    assert remaining(100)[0] == pytest.approx(ATTACKER, rel=0.001)
    assert remaining(10)[0] == pytest.approx(ATTACKER, rel=0.01)
    assert remaining(1)[0] == pytest.approx(ATTACKER, rel=0.02)


def test_the_defender_ends_within_ten_percent_at_a_hundred_steps_a_day():
    assert remaining(100)[1] == pytest.approx(DEFENDER, rel=0.10)


def test_the_defender_is_off_at_daily_steps():
    """Else a hundred steps a day would show nothing."""
    assert abs(remaining(1)[1] / DEFENDER - 1.0) > 0.10


def test_the_error_falls_in_proportion_to_the_step():
    for side, exact in ((0, ATTACKER), (1, DEFENDER)):
        errors = [remaining(n)[side] - exact for n in (1, 10, 100)]
        assert errors[0] / errors[1] == pytest.approx(10.0, rel=0.3), errors
        assert errors[1] / errors[2] == pytest.approx(10.0, rel=0.3 if side else 1.5), errors


def test_everything_but_the_battle_stands_still():
    made = war("iwo-jima", runs=2, weeks=36)
    end = fought(made, (0, 36), every=1)[0]
    np.testing.assert_array_equal(end.advance.position, made.state.advance.position)
    np.testing.assert_array_equal(end.manpower.pool, made.state.manpower.pool)
    for flow in ("deserted", "staying", "captured", "emigrated", "garrison", "injured"):
        assert np.abs(getattr(end.manpower, flow)).max() < 1e-4, flow
    came = made.state.manpower.force[:, 0] + end.manpower.arrived
    np.testing.assert_allclose(came[:, 0], [73.0, 21.5], rtol=1e-6)
    np.testing.assert_allclose(end.manpower.dead, came - end.manpower.force[:, 0] - end.manpower.reserve, rtol=1e-4)
    assert (end.outcome.code == 0).all()
