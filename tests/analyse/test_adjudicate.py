"""Two arguments on made-up draws in which it is known where each carries the weight."""

import numpy as np
import pytest

from westphalia.analyse.adjudicate import POSITIONS, adjudicate, cells_of
from westphalia.analyse.friction_values import NAMES, on_in

DRAWS = 1000
FIRST, SECOND, LINES = POSITIONS


def assumed():
    random = np.random.default_rng(5)
    names = ("hinge", "idle", "also-idle")
    return {name: random.random(DRAWS) for name in names} | {"constant": np.ones(1), "fixed": np.zeros(DRAWS)}


def made(of_first, of_second):
    """Cells in which the groups take so much each, and nothing hangs on their order."""
    cells = [1.0 - (cell & 1) * of_first - (cell >> 1 & 1) * of_second for cell in range(8)]
    return {"signed": np.stack([cells] * 2).swapaxes(1, 2)}


def judged(of_first, of_second, groups=POSITIONS):
    return adjudicate(made(of_first, of_second), assumed(), groups, seed=1, measures=("signed",))["measures"]["signed"]


def hinged():
    return judged(np.where(assumed()["hinge"] > 0.6, 0.6, 0.05), np.full(DRAWS, 0.3))


def test_groups_are_cells_of_all_frictions():
    cells = cells_of(POSITIONS)
    assert on_in(cells[0]) == frozenset()
    assert on_in(cells[1]) == set(POSITIONS[FIRST])
    assert on_in(cells[6]) == set(POSITIONS[SECOND]) | set(POSITIONS[LINES])
    assert on_in(cells[7]) == frozenset(NAMES)


@pytest.mark.parametrize(
    "groups",
    [{"one": NAMES}, {"one": NAMES[:3], "two": NAMES[2:]}, {"one": NAMES[:3], "two": NAMES[4:]}, {}],
)
def test_groups_must_share_all_frictions_among_them(groups):
    with pytest.raises(ValueError, match="share"):
        judged(np.zeros(DRAWS), np.zeros(DRAWS), groups)


def test_too_few_draws_are_refused():
    cells = {"signed": made(np.zeros(DRAWS), np.zeros(DRAWS))["signed"][:, :50]}
    with pytest.raises(ValueError, match="100 draws"):
        adjudicate(cells, assumed(), POSITIONS, seed=1, measures=("signed",))


def test_weights_are_what_each_group_takes():
    found = judged(np.full(DRAWS, 0.4), np.full(DRAWS, 0.3))
    assert found["weights"][FIRST]["value"] == pytest.approx(0.4)
    assert found["weights"][SECOND]["value"] == pytest.approx(0.3)
    assert found["weights"][LINES]["value"] == pytest.approx(0.0)
    assert found["difference"]["value"] == pytest.approx(0.1)


def test_weights_within_the_tolerance_speak_for_neither():
    found = judged(np.full(DRAWS, 0.35), np.full(DRAWS, 0.3))
    assert {name: side["share"] for name, side in found["speaks_for"].items()} == {FIRST: 0, SECOND: 0, "neither": 1}
    assert found["speaks_for"]["neither"]["verdict"] == "holds broadly"
    assert found["picture"] is None


def test_the_box_and_the_corner_find_the_hinge():
    found = hinged()
    share = float((assumed()["hinge"] > 0.6).mean())
    first = found["speaks_for"][FIRST]
    assert first["share"] == pytest.approx(share)
    assert found["speaks_for"][SECOND]["share"] == pytest.approx(1.0 - share)
    assert first["verdict"] == "holds in a region"
    (limit,) = first["boxes"][0]["limits"]
    assert (limit["assumption"], limit["is_upper"]) == ("hinge", False)
    assert limit["value"] == pytest.approx(0.6, abs=0.02)
    assert first["boxes"][0]["density"] == 1.0
    for name, is_upper in ((FIRST, False), (SECOND, True)):
        corner = found["corners"][name]
        assert corner["limits"][0]["assumption"] == "hinge"
        assert corner["limits"][0]["is_upper"] is is_upper
    assert found["corners"][FIRST]["difference"] > 0.1
    assert found["corners"][SECOND]["difference"] == pytest.approx(-0.25)


def test_the_picture_is_over_the_leading_assumption_and_its_shares_are_those_of_the_draws():
    found = hinged()
    picture = found["picture"]
    assert picture["assumptions"][0] == "hinge"
    count, share = np.array(picture["draws"]), np.array(picture["shares"][FIRST])
    assert count.sum() == DRAWS
    assert (count * share).sum() == pytest.approx(found["speaks_for"][FIRST]["share"] * DRAWS)
    assert share[0].max() == 0.0
    assert share[-1].min() == 1.0


def test_exchanging_the_arguments_exchanges_the_answers():
    names = list(POSITIONS)
    turned = {name: POSITIONS[name] for name in (names[1], names[0], names[2])}
    hinge = np.where(assumed()["hinge"] > 0.6, 0.6, 0.05)
    usual, other = judged(hinge, np.full(DRAWS, 0.3)), judged(np.full(DRAWS, 0.3), hinge, turned)
    for name in (FIRST, SECOND, "neither"):
        for key in ("share", "verdict", "boxes"):
            assert usual["speaks_for"][name][key] == other["speaks_for"][name][key]
    assert usual["difference"]["value"] == pytest.approx(-other["difference"]["value"])


def test_the_record_weighs_draws_by_how_often_they_are_unsigned():
    of_first = np.where(assumed()["hinge"] > 0.5, 0.8, 0.0)
    found = judged(of_first, np.full(DRAWS, 0.2))
    unsigned = of_first + 0.2
    for name, hit in ((FIRST, of_first > 0.5), (SECOND, of_first < 0.5)):
        expected = unsigned[hit].sum() / unsigned.sum()
        assert found["speaks_for"][name]["given_the_record"] == pytest.approx(expected)


def test_peace_that_fails_without_any_friction_is_told_apart():
    cells = made(np.full(DRAWS, 0.4), np.zeros(DRAWS))["signed"] - 0.25
    found = adjudicate({"signed": cells}, assumed(), POSITIONS, seed=1, measures=("signed",))
    side = found["measures"]["signed"]["speaks_for"][FIRST]
    assert side["failing_without_any"] == pytest.approx(0.25)
    assert found["arguments"] == [FIRST, SECOND]
