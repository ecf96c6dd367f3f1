import datetime as dt

import pytest

from westphalia.report import words
from westphalia.report.words import NBSP


def plain(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "0 %"),
        (0.0004, "below 0.1 %"),
        (0.004, "0.4 %"),
        (0.342, "34.2 %"),
        (0.025, "2.5 %"),
        (0.981, "98.1 %"),
        (0.9996, "above 99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_is_nil_only_where_it_is(share, told):
    assert plain(words.percent(share)) == told


def test_a_share_carries_its_95_percent_error():
    assert plain(words.share(0.342, 0.0075, 4000)) == "34.2 % (± 1.5)"
    assert plain(words.share(0.342, 0.02, 500)) == "34.2 % (± 3.9)"


def test_no_run_is_below_the_rule_of_three():
    assert plain(words.share(0.0, 0.0, 3000)) == "none of 3,000 (below 0.1 %)"
    assert plain(words.share(0.0, 0.0, 512)) == "none of 512 (below 0.6 %)"
    assert plain(words.share(1.0, 0.0, 3000)) == "all of 3,000 (above 99.9 %)"
    assert plain(words.share(0.0, 0.0, 3)) == "none of 3 (below 63.2 %)"
    assert plain(words.share(0.0, 0.0, 1)) == "none of 1 (below 95.0 %)"


@pytest.mark.parametrize(
    ("thousands", "told"),
    [
        (0.0, "0"),
        (-0.0001, "0"),
        (0.434, "430"),
        (12.34, "12,000"),
        (994, "990,000"),
        (996, "1.0 million"),
        (1234, "1.2 million"),
    ],
)
def test_people_are_told_to_two_digits(thousands, told):
    assert plain(words.persons(thousands)) == told


def test_a_band_names_its_unit_once():
    assert plain(words.band(3.2, 11.0, "km")) == "3 to 11 km"
    assert plain(words.band(990, 2400, words.PERSONS)) == "990,000 to 2.4 million"
    assert plain(words.band(1200, 2400, words.PERSONS)) == "1.2 to 2.4 million"


@pytest.mark.parametrize(
    ("steps", "days", "told"),
    [
        (2, 7, "14 days"),
        (10, 7, "10 weeks"),
        (52, 7, "12 months"),
        (260, 7, "5 years"),
        (170, 7, "3.3 years"),
        (36, 1, "36 days"),
    ],
)
def test_time_is_told_in_the_unit_that_suits(steps, days, told):
    assert plain(words.span(steps, days)) == told


def test_a_month_is_a_day_where_steps_are_days():
    assert words.month(dt.date(1945, 2, 19), 3, 1) == "22 February 1945"
    assert words.month(dt.date(2026, 1, 1), 26) == "July 2026"


def test_two_close_ends_are_not_ranked():
    told = plain(words.ends([("a", 0.31, 0.015), ("b", 0.30, 0.015)], (0.39, 0.015), 1000, "5 years", False))
    assert "no end stands out" in told
    assert "cannot be told apart" in told


def test_a_clear_end_is_ranked_and_conditional_on_the_model():
    told = plain(words.ends([("a", 0.61, 0.015), ("b", 0.2, 0.012)], (0.19, 0.012), 1000, "5 years", False))
    assert told.startswith(
        "In this model, the most frequent end is “a” in 61.0 % (± 2.9) of runs, then “b” in 20.0 % (± 2.4)"
    )
    assert told.endswith("after 5 years, the war is still going on in 19.0 % (± 2.4) of runs.")


def test_a_war_that_goes_on_is_no_end():
    told = plain(words.ends([("a", 0.04, 0.006)], (0.96, 0.006), 1000, "5 years", False))
    assert told.startswith(
        "In this model, after 5 years, the war is still going on in 96.0 % (± 1.2) of runs; the most frequent end"
    )


def test_where_no_run_ended_none_is_named():
    assert "end" not in words.ends([], (1.0, 0.0), 100, "5 years", False)
    assert words.duration(None, "5 years", 7) == "In no run did it end within 5 years."


def test_the_cost_names_both_sides_with_their_bands():
    told = plain(words.cost({"soldiers killed,": {"North": (1.0, 2.0, 3.0), "South": (10.0, 20.0, 30.0)}}))
    assert told.endswith("soldiers killed, North 2,000 (1,000 to 3,000) and South 20,000 (10,000 to 30,000).")


def test_a_missing_cost_is_said():
    assert "recorded no human cost" in words.cost({})


def test_runs_whose_settlement_broke_are_counted_as_going_on():
    end = [("a", 0.04, 0.006)]
    assert "those counted in which a settlement broke" in words.ends(end, (0.96, 0.006), 1000, "5 years", True)
    assert "broke" not in words.ends(end, (0.96, 0.006), 1000, "5 years", False)


def test_sides_exchanged_give_the_mirrored_sentence():
    def swapped(text):
        return text.replace("North", "*").replace("South", "North").replace("*", "South")

    one, two = (1.0, 2.0, 3.0), (10.0, 20.0, 30.0)
    told = words.cost({"dead": {"North": one, "South": two}})
    assert words.cost({"dead": {"South": one, "North": two}}) == swapped(told)
    ranked = [("military victory of North", 0.5, 0.02), ("military victory of South", 0.2, 0.02)]
    mirrored = [(swapped(name), share, se) for name, share, se in ranked]
    told = words.ends(ranked, (0.3, 0.02), 500, "5 years", False)
    assert words.ends(mirrored, (0.3, 0.02), 500, "5 years", False) == swapped(told)
    assert words.effect("x", "victory of North", 0.2, 0.01, 500) == swapped(
        words.effect("x", "victory of South", 0.2, 0.01, 500)
    )


def test_an_effect_within_its_error_is_no_effect():
    assert "no difference" in words.effect("more aid", "a", 0.01, 0.008, 500)
    assert (
        plain(words.effect("more aid", "a", -0.1, 0.01, 500))
        == "“more aid” lowers the share of “a” by 10.0 points (± 2.0)."
    )


def test_the_condition_says_what_rests_on_assumption():
    told = plain(words.condition(300, 280))
    assert "280 of the 300 ranges" in told
    assert "no prophecy" in told
    assert told.endswith("± is half of the 95 % interval, for the chance in the draws alone.")


def test_no_two_roundings_of_a_share():
    share, se = 0.9806, 0.004
    for told in (words.percent(share), words.share(share, se, 1000), words.amount(share, "share")):
        assert plain(told).startswith("98.1 %")
    assert words.hundredths(share) == "98.1"
    assert plain(words.interval(share, 0.99)) == "98.1 to 99.0 %"


@pytest.mark.parametrize(("change", "told"), [(0.0004, "0.0"), (-0.0004, "0.0"), (-0.031, "−3.1"), (0.031, "+3.1")])
def test_a_change_carries_its_sign(change, told):
    assert words.hundredths(change, "+") == told


@pytest.mark.parametrize(
    ("days", "told", "unit"),
    [(7, "36 weeks", "1/week"), (1, "36 days", "1/day"), (14, "36 steps of 14 days", "1/step")],
)
def test_a_step_goes_by_its_own_name(days, told, unit):
    assert words.counted(36, days) == told
    assert words.by_step("1/week", days) == unit
    assert words.by_step("weekly loss", days) == "weekly loss"


def test_a_spread_of_one_value_is_told_once():
    assert words.spread(2.0, 2.0, 2.0, words.PERSONS) == "2,000"
    assert words.spread(1.0, 2.0, 3.0, words.PERSONS) == "2,000 (1,000 to 3,000)"


def test_a_change_in_people_has_its_95_percent_interval():
    assert plain(words.change_of_persons(-12.0, 1.0)) == "−12,000 (± 2,000)"
    assert plain(words.change_of_persons(0.5, 1.0)) == "+500 (± 2,000)"
