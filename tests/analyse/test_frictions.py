"""The whole answer: values add up, definitions and headlines change only what they can, and words say all of it."""

import functools
import json

import numpy as np
import pytest

from wars import loaded
from westphalia.analyse.friction_cells import MEASURES, Cell, play_cells, told_in, widened
from westphalia.analyse.friction_links import GAP, MISREAD, headlines
from westphalia.analyse.friction_order import first_shares, order
from westphalia.analyse.friction_values import CELLS, NAMES, cells_with, cells_without, off_in, on_in, values_after
from westphalia.analyse.frictions import Effort, frictions
from westphalia.analyse.methods.shapley import attribute, paired
from westphalia.analyse.play import begin
from westphalia.analyse.switches import FRICTIONS, put, without
from westphalia.report.friction_words import told

RUNS = 128
SMALL = Effort(alternatives=16, order=8, order_repeats=2, groups=100, group_repeats=2)


@functools.cache
def answer(equal_wedges=False):
    seen = []
    found = frictions(
        loaded("duel").scenario,
        seed=1,
        runs=RUNS,
        watch=lambda done, total: seen.append((done, total)),
        equal_wedges=equal_wedges,
        effort=SMALL,
    )
    total = seen[0][1]
    assert seen == [(n, total) for n in range(1, total + 1)]
    return found


@functools.cache
def duel():
    return widened(begin(loaded("duel").scenario, weeks=156, runs=512, seed=1))


def played(*cells):
    return play_cells(duel(), cells, seed=1, substeps=loaded("duel").scenario.clock.substeps)


def test_cells_are_numbered_by_their_frictions():
    assert on_in(0) == frozenset()
    assert off_in(CELLS - 1) == frozenset()
    assert on_in(5) == {NAMES[0], NAMES[2]}
    assert len(cells_without("home")) == 32
    assert len(cells_with(frozenset({"messages", "commitment"}))) == 16


@pytest.mark.slow
def test_values_add_up_to_the_whole_difference():
    for measure in answer()["measures"].values():
        total = sum(value["value"] for value in measure["shapley"].values())
        assert total == pytest.approx(measure["all"] - measure["none"], abs=1e-9)
        assert len(measure["cells"]) == CELLS


def test_what_is_signed_without_any_friction_holds():
    signed, holding = answer()["measures"]["signed"], answer()["measures"]["holding"]
    assert 0.0 < holding["none"] == signed["none"]
    assert holding["all"] < signed["all"]


def test_home_politics_keep_a_text_from_being_signed_and_garbled_messages_do_not():
    values = answer()["measures"]["signed"]["shapley"]
    assert values["home"]["value"] < -2.0 * values["home"]["se"]
    assert values["messages"]["value"] > 2.0 * values["messages"]["se"]


def test_every_friction_has_another_definition_and_a_band_that_holds_all_of_them():
    found = answer()
    for name, of in found["definitions"].items():
        assert of["alternatives"]
        for measure, band in of["band"].items():
            values = [way["measures"][measure]["value"] for way in of["alternatives"].values()]
            values.append(found["measures"][measure]["shapley"][name]["value"])
            assert (band["low"], band["high"]) == pytest.approx((min(values), max(values)))


def test_vetoes_of_third_parties_are_worth_nothing_where_there_are_none():
    way = answer()["definitions"]["third"]["alternatives"]["vetoes"]["measures"]["signed"]
    assert abs(way["value"]) < 4.0 * way["se"]
    assert way["difference"] == pytest.approx(-answer()["measures"]["signed"]["shapley"]["third"]["value"], abs=0.1)


def test_a_change_that_all_draws_have_played_gives_the_values_of_what_was_played():
    random = np.random.default_rng(1)
    usual, other = random.random((2, 40, CELLS))
    mean, covariance = paired(other)
    exact, found = attribute(mean, covariance=covariance), values_after(usual, other)
    for n, name in enumerate(NAMES):
        assert found["shapley"][name]["value"] == pytest.approx(exact.value[n])
        assert found["shapley"][name]["se"] == pytest.approx(exact.se[n])
        assert found["shapley"][name]["last_in"] == pytest.approx(exact.last_in[n])


def test_a_change_that_is_the_same_in_all_draws_adds_no_error():
    usual = np.random.default_rng(2).random((40, CELLS))
    shift = np.zeros(CELLS)
    shift[cells_without("home")] = 0.3
    found, before = values_after(usual, usual[:10] + shift), values_after(usual, usual[:10])
    assert found["shapley"]["home"]["value"] == pytest.approx(before["shapley"]["home"]["value"] - 0.3)
    assert found["shapley"]["lines"]["value"] == pytest.approx(before["shapley"]["lines"]["value"])
    assert found["shapley"]["home"]["se"] == pytest.approx(before["shapley"]["home"]["se"])


def test_runs_do_not_depend_on_what_stands_beside_them():
    clear = functools.partial(without, keys=frozenset(FRICTIONS))
    (alone,) = played(Cell(lambda start: start, 512))
    _, beside, again = played(Cell(clear, 200), Cell(lambda start: start, 300), Cell(lambda start: start, 4, range(2)))
    for measure in MEASURES:
        np.testing.assert_array_equal(beside[measure], alone[measure][:, :300])
        np.testing.assert_array_equal(again[measure][0], alone[measure][0, :4])
    assert not np.array_equal(again["fought"][0], again["fought"][1])


@pytest.mark.parametrize("off", ["messages", "commitment", ""])
def test_readings_act_on_a_break_only_with_messages_and_commitment_on(off):
    strong = functools.partial(put, values={GAP: 8.0, MISREAD: 3.0})

    def linked(start):
        return strong(without(start, frozenset({off})))

    where = headlines(strong(duel()))
    plain, changed = (Cell(change, 512) for change in (linked, lambda start: where["readings"].change(linked(start))))
    with_link, without_link = played(plain, changed)
    assert set(where) == {"gap", "readings"}
    same = all(np.array_equal(with_link[measure], without_link[measure]) for measure in MEASURES)
    assert same is (off in where["readings"].where)


def test_a_friction_that_does_all_comes_first_everywhere():
    on = np.array([NAMES[3] in on_in(cell) for cell in range(CELLS)])
    cells = np.broadcast_to(1.0 - on, (4, 5, CELLS)).copy()
    cells[:, 0] = 1.0
    found = first_shares(cells, "signed")
    assert found["frictions"][NAMES[3]] == 1.0
    assert found["unmoved"] == pytest.approx(0.2)
    assert found["agreement"] == 1.0
    assert first_shares(cells, "fought")["frictions"][NAMES[3]] == 0.0


def bands(**low_high):
    return {name: dict(zip(("low", "high"), low_high.get(name, (0.0, 0.0)), strict=True)) for name in NAMES}


def told_order(share, orders, definitions):
    shares = {"frictions": dict.fromkeys(NAMES, 0.0) | {"home": share}}
    values = {name: band | {"value": band["low"]} for name, band in orders.items()}
    told = {name: {"band": {"signed": band}} for name, band in definitions.items()}
    return order(shares, {"shapley": values}, told, "signed")


def test_an_order_is_stable_where_one_friction_leads_in_every_sense():
    far = bands(home=(-0.5, -0.3), lines=(-0.2, 0.1))
    assert told_order(0.7, far, far) == {"is_stable": True, "leading": "home", "why": []}
    assert "half of the draws" in told_order(0.4, far, far)["why"][0]
    near = bands(home=(-0.5, -0.1), lines=(-0.2, 0.1))
    assert told_order(0.7, near, far)["why"] == ["over all orders of switching the band of home overlaps that of lines"]
    assert told_order(0.7, far, near)["why"] == ["over all definitions of off the band of home overlaps that of lines"]


def test_inputs_name_what_is_off_and_what_a_mediator_knows():
    found = answer()["inputs"]
    links = {link["link"]: link for link in found["links"]}
    assert not links[GAP]["is_on"]
    assert links[MISREAD]["is_on"]
    assert set(found["headlines"]) == {"readings"}
    assert found["needed"]["north-parliament"]["friction"] == "home"
    assert 0.0 < found["mediator"]["error_on_limits"]["q50"] < 0.1


def test_every_friction_says_what_record_would_speak_for_it():
    assert set(answer()["separates"]) == set(FRICTIONS)
    assert len(set(answer()["separates"].values())) == len(FRICTIONS)


@pytest.mark.slow
def test_with_equal_wedges_the_same_object_says_how_far_each_was_weakened():
    found = answer(equal_wedges=True)
    assert set(found) == set(answer()) | {"equal_wedges"}
    equal = found["equal_wedges"]
    for key, of in equal["frictions"].items():
        assert found["wedges"][key]["q50"] == pytest.approx(of["wedge"])
        if of["is_reached"]:
            assert of["wedge"] == pytest.approx(equal["wedge"], abs=0.005)
    assert not equal["frictions"]["messages"]["is_reached"]
    assert found["measures"]["signed"]["all"] > answer()["measures"]["signed"]["all"]
    assert found["measures"]["signed"]["none"] == answer()["measures"]["signed"]["none"]


def test_the_object_is_plain_json():
    assert json.loads(json.dumps(answer(), allow_nan=False)) == answer()


def test_words_hold_every_part():
    words = told(answer())
    for part in (
        "over definitions",
        "No stable order",
        "wedge:",
        "comes first",
        "other definitions of off",
        "links that are inputs",
        "what record would separate",
        "two arguments",
        "What off means",
    ):
        assert part in words, part
    assert "Equal wedges" not in words
    assert "it stays at full strength" in told(answer(equal_wedges=True))


def test_measures_of_a_war_by_days_are_told_in_days():
    titles, units = told_in(1)
    assert titles["signed"] == "signed within 52 days"
    assert titles["holding"] == "signed within 52 days and holding 104 days later"
    assert titles["fought"] == "days of war in 156 days"
    assert (units["fought"], units["dead"]) == ("days", "thousand persons")
    assert told_in(14)[0]["arms"] == "decided by arms within 156 steps of 14 days"
    assert told_in(7)[0] is MEASURES
