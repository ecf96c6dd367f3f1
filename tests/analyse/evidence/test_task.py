"""What a calibration is asked is refused where it cannot be, and what it tells of planted draws is right."""

import numpy as np
import pytest

from records import FITTED, beside, record, series
from westphalia.analyse.evidence.calibrate import Round, told
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods.emulator import fit
from westphalia.errors import BadInput
from westphalia.scenario.load import load

SEEN = [100.0, 110, 120, 130, 140, 150]


def task(folder, values=SEEN, **fold):
    """The task of a record with these values for both sides, its fold changed so."""
    said = record()
    said["folds"]["half"] |= fold
    known = {name: series(values, name, share=0.05) for name in said["observed"]}
    return Task.of(load(beside(folder, said)), "half", known, 1)


def refused(folder, **given):
    with pytest.raises(BadInput) as error:
        task(folder, **given)
    return {fault.path: fault.message for fault in error.value.faults}


def test_the_window_begins_with_the_first_whole_month_and_ends_before_the_origin(tmp_path):
    assert task(tmp_path).months == [f"2030-{n:02d}" for n in range(1, 7)]
    assert len(task(tmp_path).summaries.seen) == 12
    later = {"variants": {"plain": {"title": "Later", "set": {"start": "2030-02-02"}}}}
    said = record()
    known = {name: series(SEEN, name, share=0.05) for name in said["observed"]}
    moved = Task.of(load(beside(tmp_path, said, **later)), "half", known, 1)
    assert moved.months == ["2030-03", "2030-04", "2030-05", "2030-06"]
    assert moved.summaries.seen.tolist() == [120, 130, 140, 150] * 2


def test_the_same_values_in_other_months_make_another_task(tmp_path):
    """Kept runs hold the months that were observed, so that they must not serve where a table gives others."""
    gap = np.nan
    one, same, other = (
        task(tmp_path / name, values)
        for name, values in (("a", [100, 110, 120, gap]), ("b", [100, 110, 120, gap]), ("c", [100, 110, gap, 120]))
    )
    assert one.summaries.seen.tolist() == other.summaries.seen.tolist()
    assert one.key == same.key
    assert one.key != other.key


def test_numbers_without_a_range_are_refused(tmp_path):
    found = refused(tmp_path, parameters=["sides.north.quality", FITTED[0], "sides.south.quality"])
    assert found.keys() == {"folds.half.parameters[0]", "folds.half.parameters[2]"}
    assert '"sides.north.quality" has no range at this start' in found["folds.half.parameters[0]"]


@pytest.mark.parametrize(
    "given",
    [
        {"origin": "2030-01"},  # nothing lies before it
        {"origin": "2029-06"},
        {"values": [np.nan] * 6 + SEEN},  # all lies after it
        {"values": []},
    ],
)
def test_a_window_without_an_observed_month_is_refused(tmp_path, given):
    found = refused(tmp_path, **given)
    assert found.keys() == {"folds.half.fitted[0]", "folds.half.fitted[1]"}
    assert 'no month of "dead-north" was observed between the start and the origin' in found["folds.half.fitted[0]"]


def planted(scores, draws, summaries=12):
    """A round whose emulator is of a quadratic, with these draws."""
    rng = np.random.default_rng(1)
    z = rng.standard_normal((200, scores))
    y = np.log(np.tile(SEEN, 2)) + 0.2 * z[:, :1] + 0.05 * rng.standard_normal((200, summaries))
    return Round(z, y, fit(z, y), draws)


def test_contraction_edges_and_composites_are_those_of_the_draws(tmp_path):
    rng = np.random.default_rng(2)
    prior = rng.standard_normal((4000, 3))
    draws = prior.copy()
    draws[:, 0] = 2.0 + 0.5 * prior[:, 0]
    draws[:, 2] = 0.8 * draws[:, 1] + 0.6 * prior[:, 2]  # of unit variance, going with the second
    found = told(task(tmp_path), [planted(3, prior), planted(3, draws)])
    assert [each["contraction"] for each in found["parameters"]] == pytest.approx([0.75, 0, 0], abs=0.06)
    assert [each["contraction_round_1"] for each in found["parameters"]] == pytest.approx([0, 0, 0], abs=0.06)
    assert found["parameters"][0]["place"] == pytest.approx(0.977, abs=0.003)
    assert found["at_an_edge"] == FITTED[:1]
    first, second, third = found["composites"]
    assert [each["contraction"] for each in found["composites"]] == pytest.approx([0.8, 0.75, -0.8], abs=0.08)
    weights = {each["path"]: each["weight"] for each in first["weights"]}
    assert weights[FITTED[1]] * weights[FITTED[2]] == pytest.approx(-0.5, abs=0.05), "their difference is known best"
    assert second["weights"][0]["path"] == FITTED[0]
    assert len(third["weights"]) == 3


def test_one_number_alone_can_be_fitted(tmp_path):
    draws = 0.5 * np.random.default_rng(3).standard_normal((2000, 1))
    found = told(task(tmp_path, parameters=FITTED[1:2]), [planted(1, draws), planted(1, draws)])
    (only,) = found["composites"]
    assert only["contraction"] == pytest.approx(0.75, abs=0.03)
    assert found["parameters"][0]["before"] == pytest.approx(0.006 * 10 ** np.array([0.05, 0.5, 0.95]))
    assert found["fit"][0]["explained"] == pytest.approx(0.04 / 0.0425, abs=0.05)
