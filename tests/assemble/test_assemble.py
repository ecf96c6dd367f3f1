"""From a scenario to arrays: units, calendars by date, tables over position, what is drawn and what is not."""

import copy
import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pytest

from wars import SEED, leaves, loaded
from westphalia.assemble import assemble
from westphalia.laws.numerics import integrate, interpolate, over_fronts
from westphalia.model.home import consent_burden
from westphalia.model.picture import held, take
from westphalia.scenario.load import with_lever
from westphalia.scenario.schema import Scenario
from westphalia.simulate.run import prepare

sys.path.append(str(Path(__file__).parents[1] / "model"))  # the mirror stands with the tests of the model

from mirror import mirrored  # noqa: E402

CASES = np.arange(2000)


def changed(name, **at):
    """A scenario of the library with other entries: ``changed("duel", sides__north__armour=3)``."""
    data = copy.deepcopy(loaded(name).document.data)
    for path, value in at.items():
        *parents, last = path.replace("__", "/").replace("_of_", "-of-").split("/")
        place = data
        for key in parents:
            place = place.setdefault(key, {})
        place[last] = value
    return Scenario.model_validate(data)


def duel(weeks=104, cases=CASES, **at):
    return assemble(changed("duel", **at), seed=SEED, cases=cases, weeks=weeks)


def calendar(points, **more):
    return {"points": points, **more}


def test_aid_a_year_becomes_aid_a_step():
    """25 a year are 25 x 7 / 365.25 = 0.47912 a week, and a seventh of that a day."""
    assert duel().world.backers.capacity == pytest.approx(0.479124, rel=1e-5)
    assert duel(clock={"days": 1}).world.backers.capacity == pytest.approx(0.479124 / 7, rel=1e-5)


def test_pipelines_start_filled_with_what_the_starting_will_would_have_kept_in_them():
    made = duel()
    flow = made.world.backers.capacity * made.state.aid.will
    np.testing.assert_allclose(made.state.aid.arriving, flow + 0.0 * made.state.aid.arriving)
    kept = over_fronts(made.state.aid.pipeline)
    np.testing.assert_allclose(kept, flow * made.world.laws.aid.delivery_lag, rtol=1e-12)


def test_a_step_calendar_holds_each_value_from_its_date_on():
    points = {"2030-01-01": 4, "2030-01-15": 6, "2030-02-06": 5}
    intake = duel(calendars__intake__north=calendar(points)).world.calendar.intake[:, :, 0]
    # Weeks begin on 1, 8, 15, 22, 29 January, 5 and 12 February.
    assert list(intake[:7, 0]) == [4, 4, 6, 6, 6, 6, 5]
    assert set(intake[7:, 0]) == {5}
    assert set(intake[:, 1]) == {4}


def test_a_linear_calendar_is_joined_by_lines_and_held_beyond_its_ends():
    points = {"2030-01-08": 4, "2030-02-05": 8}
    made = duel(calendars__intake__north=calendar(points, interpolate="linear"))
    assert made.world.calendar.intake[:7, 0, 0] == pytest.approx([4, 4, 5, 6, 7, 8, 8])


def test_the_outlook_is_the_mean_ceiling_of_the_coming_half_year():
    points = {"2030-01-01": 1, "2030-07-02": 0}
    made = duel(backers__friend_of_north__ceiling=calendar(points)).world.calendar
    assert list(made.ceiling[24:28, 0, 0]) == [1, 1, 0, 0]
    assert made.outlook[:28, 0, 0] == pytest.approx([max(0.0, 1 - week / 26) for week in range(28)])
    assert (made.outlook[:, 1] == 1).all()


def test_an_announced_cut_is_expected_and_a_silent_one_is_not():
    """The cut of July is known in January in one arm, and on its day in the other; deliveries fall alike."""
    levers = ("aid-none-announced-north", "aid-none-north")
    engine = prepare(loaded("duel"), seed=SEED, weeks=52, levers=levers)
    starts = {arm.name: arm.start for arm in engine._arms}
    assert starts == {"baseline": 0, "aid-none-announced-north": 0, "aid-none-north": 26}
    announced, silent = (
        assemble(with_lever(loaded("duel"), name), seed=SEED, cases=CASES[:2], weeks=52).world.calendar
        for name in levers
    )
    np.testing.assert_array_equal(announced.ceiling[26:], silent.ceiling[26:])
    base = duel(weeks=52, cases=CASES[:2]).world.calendar
    np.testing.assert_array_equal(announced.ceiling[:26], base.ceiling[:26])
    assert announced.outlook[13, 0, 0] == pytest.approx(0.5)
    assert base.outlook[13, 0, 0] == 1
    assert silent.outlook[26, 0, 0] == announced.outlook[26, 0, 0] == 0


@pytest.mark.parametrize(("date", "week"), [("2030-01-01", 0), ("2030-01-02", 1), ("2030-01-08", 1), ("2030-01-09", 2)])
def test_a_dated_lever_holds_from_the_first_whole_week_on(date, week):
    data = copy.deepcopy(loaded("duel").document.data)
    data["levers"]["aid-none-north"]["from"] = dt.date.fromisoformat(date)
    scenario = Scenario.model_validate(data)
    engine = prepare(
        loaded("duel").__class__(scenario, loaded("duel").document, "duel"),
        seed=1,
        weeks=52,
        levers=("aid-none-north",),
    )
    assert engine._arms[1].start == week


@pytest.mark.parametrize(
    ("date", "week"), [("2030-01-01", 0), ("2030-01-07", 0), ("2030-01-08", 1), ("2030-12-31", 52)]
)
def test_a_change_of_leadership_falls_into_the_week_of_its_date(date, week):
    marks = duel(sides__north__leadership_changes=[date]).world.calendar.leadership_change[:, :, 0]
    assert list(np.argwhere(marks)[0]) == [week, 0]
    assert marks.sum() == 1


def test_seasons_follow_the_months():
    factors = [round(0.5 + 0.05 * month, 2) for month in range(12)]
    season = duel(weeks=60, calendars__season=factors).world.calendar.season[:60, 0]
    days = [dt.date(2030, 1, 1) + dt.timedelta(days=7 * week) for week in range(60)]
    assert list(season) == [factors[day.month - 1] for day in days]


def test_the_area_behind_a_line_is_the_integral_of_the_width():
    """Trapezes by hand: 150 km at 0 and 60, 50 km at 112, so at 116 the line holds 9,000 + 5,200 + 200 km2."""
    knots = np.array([0.0, 60.0, 112.0]).reshape(1, 3, 1)
    width = np.array([150.0, 150.0, 50.0]).reshape(1, 3, 1)
    for at, area, here in ((116, 14_400, 50), (60, 9_000, 150), (86, 12_250, 100), (0, 0, 150), (-10, -1_500, 150)):
        line = np.array([[float(at)]])
        assert integrate(line, knots, width).item() == pytest.approx(area)
        assert interpolate(line, knots, width).item() == pytest.approx(here)


def test_land_held_counts_from_the_line_that_is_home():
    """Ukraine: nobody's home area is counted as conquered, and the first side's is its area at the line less that."""
    made = assemble(loaded("ukraine").scenario, seed=SEED, cases=CASES[:50], weeks=52)
    ground, position = made.world.ground, made.state.advance.position
    land, people = held(ground, position)
    luhansk = list(loaded("ukraine").scenario.fronts).index("luhansk")
    wide = ground.width[luhansk]
    by_hand = 60 * 0.5 * (wide[0] + wide[1]) + 52 * 0.5 * (wide[1] + wide[2]) + (position[luhansk] - 112) * wide[2]
    np.testing.assert_allclose(land[0, luhansk], by_hand, rtol=1e-12)
    assert (land[1] == 0).all()
    assert (people[0] > 0).sum() > 0


def test_two_tables_of_different_length_are_padded_without_effect():
    """Centre has three knots of inhabitants, west has one: its table stays constant."""
    ground = duel(cases=CASES[:1]).world.ground
    for at in (-100.0, 0.0, 0.5, 1.5, 100.0):
        line = np.full((3, 1), at)
        assert interpolate(line, ground.inhabitants_at, ground.inhabitants)[0, 0] == 8
        assert integrate(line, ground.inhabitants_at, ground.inhabitants)[0, 0] == pytest.approx(8 * at)


def test_a_plain_number_is_never_drawn():
    made = duel()
    assert not any(path.startswith(("sides.", "fronts.", "backers.", "doctrine.")) for path in made.assumptions)
    assert "laws.supply.capacity" not in made.assumptions
    assert made.world.sides.population.shape[-1] == 1


def test_an_omitted_number_of_a_law_is_drawn_from_its_studied_range():
    known = duel().assumptions["laws.aid.cost"]
    assert known.min() >= 0.2
    assert known.max() <= 0.8
    assert known.mean() == pytest.approx(0.5, abs=5 * 0.6 / np.sqrt(12 * len(CASES)))


def test_a_range_of_each_side_is_drawn_for_each_by_itself():
    ranges = {"north": {"low": 1.6, "high": 3.6}, "south": {"low": 1.6, "high": 3.6}}
    made = duel(laws__supply__capacity=ranges)
    one, two = made.world.laws.supply.capacity
    assert abs(np.corrcoef(one, two)[0, 1]) < 5 / np.sqrt(len(CASES))
    assert {"laws.supply.capacity.north", "laws.supply.capacity.south"} <= set(made.assumptions)


def test_one_range_for_both_sides_is_drawn_once():
    made = duel(laws__supply__capacity={"low": 1.6, "high": 3.6})
    one, two = made.world.laws.supply.capacity
    np.testing.assert_array_equal(one, two)
    assert np.ptp(one) > 1
    np.testing.assert_array_equal(made.assumptions["laws.supply.capacity"], one)


def test_distributions_have_the_moments_of_their_name():
    """Log-uniform on 1 to 4: mean 3 / ln 4; triangular on 0 to 1 with mode .25: mean 5/12."""
    one = duel(sides__north__armour={"low": 1, "high": 4, "distribution": "loguniform"}).state.materiel.armour[0]
    assert one.mean() == pytest.approx(3 / np.log(4), rel=0.04)
    two = duel(sides__north__quality={"low": 0.5, "high": 1.5, "value": 0.75, "distribution": "triangular"})
    assert two.state.manpower.quality[0].mean() - 0.5 == pytest.approx(5 / 12, rel=0.04)
    assert two.state.manpower.quality[0].min() >= 0.5


def test_another_assumption_shifts_no_other_and_no_case_knows_its_company():
    base, more = duel().assumptions, duel(sides__north__armour={"low": 6, "high": 10}).assumptions
    assert set(more) - set(base) == {"sides.north.armour"}
    few = duel(cases=np.array([5, 1999, 3])).assumptions
    for path, values in base.items():
        np.testing.assert_array_equal(more[path], values)
        np.testing.assert_array_equal(few[path], values[[5, 1999, 3]])


def test_the_force_at_the_start_adds_up_to_the_total():
    for name in ("duel", "ukraine"):
        made = assemble(loaded(name).scenario, seed=SEED, cases=CASES[:50], weeks=52)
        m = made.state.manpower
        np.testing.assert_allclose(over_fronts(m.force) + m.reserve, made.world.sides.strength_at_start + 0 * m.reserve)
        assert (m.reserve >= 0).all()
        drawn = made.world.sides.pool
        np.testing.assert_allclose(over_fronts(m.pool), drawn + 0.0 * over_fronts(m.pool))


def test_the_start_of_duel_is_the_same_for_both_sides():
    for path, leaf in leaves(duel(cases=CASES[:5]).state).items():
        if leaf.ndim > 1 and leaf.shape[0] == 2 and "outcome" not in path:
            np.testing.assert_array_equal(leaf[0], leaf[1], err_msg=path)


def test_support_starts_where_the_scenario_puts_it_and_stays_while_nothing_happens():
    """The level that events do not explain is set so that support does not move of itself.

    In the duel the war begins with the run, and the rally behind it comes on top.
    """
    for name in ("duel", "ukraine"):
        made = assemble(loaded(name).scenario, seed=SEED, cases=CASES[:50], weeks=52)
        world, support = made.world, made.state.consent.support
        for row, side in zip(support, loaded(name).scenario.sides.values(), strict=True):
            assert row.min() >= side.support.ends[0]
            assert row.max() <= side.support.ends[1]
        picture = take(world, made.state, world.calendar.at(0))
        after_any_rally = np.full(1, 1e6) if name == "duel" else np.zeros(1)
        burden = consent_burden(world, made.state, picture, made.state.consent.death_rate, after_any_rally)
        after = world.laws.consent.next_support(support, world.sides.support_base + burden)
        np.testing.assert_allclose(after, support + 0.0 * after, rtol=1e-12)


def test_stop_lines_are_counted_in_own_direction():
    """North gives up ground down to -80 km, South to +80: 80 km of retreat for both."""
    assert (duel(cases=CASES[:1]).world.ground.stop[:, 0] == -80).all()
    other = duel(cases=CASES[:1], fronts__west__stop={"north": -30, "south": 55}).world.ground.stop[:, 0, 0]
    assert list(other) == [-30, -55]


def test_a_stop_line_of_the_doctrine_is_a_share_of_the_depth_that_the_enemy_could_take():
    stop = duel(cases=CASES[:1], doctrine__north__stop_line=0.25, fronts__west__limit={"north": 100, "south": 60})
    assert list(stop.world.ground.stop[:, 0, 0]) == [-15, -80]


def swapped():
    """Duel with unequal sides, and the same written down from the other side."""
    one = changed(
        "duel",
        sides__north__armour=3,
        sides__south__store=1,
        fronts__west__width=[{"at": -10, "value": 90}, {"at": 40, "value": 120}],
        fronts__west__home={"north": -5, "south": 12},
        fronts__west__position=7,
        fronts__east__limit={"north": 90, "south": 70},
        fronts__centre__stop={"north": -33, "south": 44},
        fronts__east__hostility={"north": 0.1, "south": 0.7},
        doctrine__south__stop_line=0.4,
    )
    data = one.model_dump(exclude={"levers", "variants", "claims", "links", "positions", "mirror"})
    for block in ("sides", "doctrine"):
        data[block] = dict(reversed(data[block].items()))
    for front in data["fronts"].values():
        for table in ("width", "inhabitants"):
            front[table] = [{**knot, "at": -knot["at"]} for knot in reversed(front[table])]
        for number in (*front["stop"].values(), front["position"]):
            number["value"] = -number["value"]
        for belt in front["belts"]:
            belt["at"] = -belt["at"]
        if front["river"]:
            front["river"]["at"] = -front["river"]["at"]
    for line in data["talks"]["issues"]["line"]["lines"].values():
        line[:] = [place if place is None else -place for place in line]
    return one, Scenario.model_validate(data)


def test_a_scenario_written_down_from_the_other_side_is_the_mirror_of_the_war():
    """But for the identities, which follow the order of the sides, knots that only pad a table, and texts."""
    one, two = (assemble(scenario, seed=SEED, cases=CASES[:20], weeks=30) for scenario in swapped())
    from_there = {**leaves(mirrored(two.world)), **leaves(mirrored(two.state))}
    padded = ("width", "inhabitants", ".identity", ".channel.link", ".river_at", ".backs", ".aid", ".backers", ".texts")
    for path, leaf in {**leaves(one.world), **leaves(one.state)}.items():
        if not any(part in path for part in padded):
            np.testing.assert_allclose(from_there[path], leaf, rtol=1e-12, atol=1e-12, err_msg=path)
    here, there = one.world.table.texts, mirrored(two.world).table.texts
    for block in (slice(0, 6), slice(6, 12)):
        assert np.array_equal(there.option[block][::-1], here.option[block])
        np.testing.assert_allclose(there.worth[block][::-1], here.worth[block], rtol=1e-12, atol=1e-12)
    for x in np.linspace(-60, 60, 25):
        line = np.full((3, 1), x)
        a, b = one.world.ground, two.world.ground
        np.testing.assert_allclose(
            integrate(line, a.width_at, a.width), -integrate(-line, b.width_at, b.width), rtol=1e-12, atol=1e-9
        )
