"""Chains of hops against their closed forms, and what repairs them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from westphalia.talks.channel_measures import (
    contraction,
    cost_gap,
    disagreement,
    information,
    text_error,
    total_variation,
)
from westphalia.talks.readings import (
    Clause,
    Protocol,
    channels,
    compared,
    compose,
    echo_matches,
    echoed,
    filled_together,
    readings,
    round_trip,
)
from westphalia.talks.symmetric import error_per_hop, hops_bound


def own_hands(hops, name="protocol", **more):
    """A protocol in which each party hears through so many hands of its own, all alike."""
    return Protocol(name, {party: (party,) * count for party, count in hops.items()}, **more)


def one_text(**more):
    """A protocol in which two parties hold one text, which one hop has garbled."""
    return Protocol("text", dict.fromkeys(("first", "second"), ("text",)), holds_text=True, **more)


SHUTTLE = own_hands({"first": 2, "second": 2})


def symmetric(error, options=5):
    """A hop that errs takes any of the other options, all alike."""
    return (1.0 - error) * np.eye(options) + error / (options - 1) * (1.0 - np.eye(options))


def even(options=5):
    return np.full(options, 1.0 / options)


def random_channels(seed, count, options=5):
    made = np.random.default_rng(seed).random((count, options, options)) ** 3
    return made / made.sum(axis=2, keepdims=True)


def clause(first, second, issue="land", common=None, weight=1.0):
    """An issue with one hop toward each of two parties."""
    place = np.linspace(0.0, 1.0, len(first))
    hop = {"first": first, "second": second, "text": first if common is None else common}
    return Clause(issue, even(len(first)), place, weight, hop)


@pytest.mark.parametrize("options", [2, 5, 7])
def test_symmetric_chains_are_right_and_differ_as_often_as_their_closed_forms(options):
    """P(right) = 1/M + (1 - 1/M) lam^n and 1 - [1/M + (1 - 1/M) lam^(n1 + n2)], lam = 1 - e M/(M - 1)."""
    error, lam, share = 0.08, 1.0 - 0.08 * options / (options - 1), 1.0 / options
    protocol = own_hands({"first": 3, "second": 1})
    read = channels(protocol, clause(symmetric(error, options), symmetric(error, options)))
    right = share + (1.0 - share) * lam**3
    assert text_error(read["first"], even(options)) == pytest.approx(1.0 - right, rel=1e-12)
    same = share + (1.0 - share) * lam**4
    assert disagreement(read["first"], read["second"], even(options)) == pytest.approx(1.0 - same, rel=1e-12)


def test_two_hops_to_each_capital_at_5_percent_leave_30_percent_alike():
    """5 options, 6 issues: both capitals read all six alike 30 % of the time, at 10 % error 9 %."""
    for error, figure in ((0.05, 0.30), (0.10, 0.09)):
        six = [clause(symmetric(error), symmetric(error), issue) for issue in "abcdef"]
        assert readings(SHUTTLE, six)["all_alike"] == pytest.approx(figure, abs=0.005)


def test_nine_in_ten_readings_alike_take_an_error_below_044_percent():
    bound = hops_bound(0.9, [5] * 6, 4)
    assert bound == pytest.approx(0.0044, abs=5e-5)
    six = [clause(symmetric(bound), symmetric(bound), issue) for issue in "abcdef"]
    assert readings(SHUTTLE, six)["all_alike"] == pytest.approx(0.9, rel=1e-9)
    bound = hops_bound(0.9, [2, 3, 7], 4)
    three = [clause(symmetric(bound, m), symmetric(bound, m), str(m)) for m in (2, 3, 7)]
    assert readings(SHUTTLE, three)["all_alike"] == pytest.approx(0.9, rel=1e-9)


def test_an_error_is_found_from_the_disagreement_that_it_makes():
    for error in (0.01, 0.2, 0.6):
        read = compose(symmetric(error), symmetric(error), symmetric(error))
        assert error_per_hop(disagreement(read, np.eye(5), even()), 5, 3) == pytest.approx(error, rel=1e-9)
    assert np.isnan(error_per_hop(0.81, 5, 3))


def test_reading_back_cuts_10_percent_to_three_in_a_thousand():
    """e_r = [e^2/(M - 1)]/[(1 - e)^2 + e^2/(M - 1)]: .0031 at e = .1, M = 5; 81 % of first echoes match."""
    hop = symmetric(0.1)
    residual = (0.01 / 4) / (0.81 + 0.01 / 4)
    assert residual == pytest.approx(0.0031, abs=5e-5)
    np.testing.assert_allclose(echoed(hop), symmetric(residual), rtol=1e-12)
    assert echo_matches(hop) == pytest.approx(np.full(5, 0.81), abs=0.005)


@given(seed=st.integers(0, 1000))
def test_an_accepted_echo_goes_as_the_chances_there_and_back(seed):
    hop = random_channels(seed, 1)[0]
    accepted = echoed(hop)
    np.testing.assert_allclose(accepted.sum(axis=1), 1.0, rtol=1e-12)
    for m, r in ((0, 1), (3, 2)):
        odds = hop[m, r] * hop[r, m] / hop[m, m] ** 2
        assert accepted[m, r] / accepted[m, m] == pytest.approx(odds, rel=1e-9)


@given(seed=st.integers(0, 1000))
def test_two_mediators_err_only_where_both_make_the_same_error(seed):
    channel = random_channels(seed, 1)[0]
    got = compared(channel, 2)
    np.testing.assert_allclose(got.sum(axis=1), 1.0, rtol=1e-12)
    off = ~np.eye(5, dtype=bool)
    np.testing.assert_allclose(got[off], channel[off] ** 2, rtol=1e-12)
    np.testing.assert_allclose(compared(channel, 1), channel, atol=1e-12)


def test_two_mediators_repair_as_much_as_reading_back():
    """At e = .1 and M = 5 both err in .0025: reading back gives .0031, the same order."""
    assert text_error(compared(symmetric(0.1), 2), even()) == pytest.approx(0.0025, rel=1e-12)


def test_information_is_lost_along_a_chain():
    """1.94, 1.67, 1.27 and .77 bit after 1, 2, 4 and 8 hops at e = .05 with M = 5; log2 5 = 2.32 were sent."""
    bits = [information(np.linalg.matrix_power(symmetric(0.05), hops), even()) for hops in (0, 1, 2, 4, 8)]
    assert bits == pytest.approx([2.32, 1.94, 1.67, 1.27, 0.77], abs=0.005)


@given(seed=st.integers(0, 1000))
def test_no_further_hop_adds_information(seed):
    first, second = random_channels(seed, 2)
    sent = np.random.default_rng(seed).dirichlet(np.ones(5))
    whole = information(compose(first, second), sent)
    assert -1e-12 <= whole <= information(first, sent) + 1e-12
    assert information(first, sent) <= information(np.eye(5), sent) + 1e-12


@given(seed=st.integers(0, 1000))
def test_contraction_of_a_chain_is_at_most_the_product_of_its_hops(seed):
    first, second = random_channels(seed, 2)
    assert contraction(compose(first, second)) <= contraction(first) * contraction(second) + 1e-12
    assert contraction(np.eye(5)) == 1.0
    assert contraction(symmetric(0.1)) == pytest.approx(1.0 - 0.1 * 5 / 4, rel=1e-12)


def test_symmetric_noise_differs_in_fact_and_not_in_system():
    """Two measures: the distributions of two readings are one, the readings themselves differ."""
    hop = symmetric(0.1)
    assert total_variation(hop, hop, even()) == 0.0
    assert disagreement(hop, hop, even()) > 0.15


def test_a_gap_in_cost_by_hand():
    """A golden: first reads 1 or 2 of three evenly, second always 3: distances 1 and .5."""
    first = np.array([[0.5, 0.5, 0.0]] * 3)
    second = np.array([[0.0, 0.0, 1.0]] * 3)
    sent, place = np.array([0.2, 0.5, 0.3]), np.array([0.0, 0.5, 1.0])
    assert cost_gap(first, second, sent, place) == pytest.approx(0.75, rel=1e-12)
    assert total_variation(first, second, sent) == pytest.approx(1.0, rel=1e-12)


def test_a_round_trip_goes_back_through_the_same_hops():
    first, second = random_channels(3, 2)
    np.testing.assert_allclose(round_trip(first, second), first @ second @ second @ first, rtol=1e-12)
    np.testing.assert_allclose(round_trip(symmetric(0.1), symmetric(0.1)), compose(*[symmetric(0.1)] * 4), rtol=1e-12)


def test_words_come_back_as_often_as_a_round_trip_lets_them():
    """1/M + (1 - 1/M) lam^(2n) for n symmetric hops each way; one left open comes back from no hop of the four."""
    lam, told = 1.0 - 0.1 * 5 / 4, clause(symmetric(0.1), symmetric(0.1))
    found = readings(own_hands({"first": 2, "second": 0}), [told])["per_issue"]["land"]["comes_back"]
    assert found == pytest.approx({"first": 0.2 + 0.8 * lam**4, "second": 1.0})
    found = readings(SHUTTLE, [left_open([1.0, 0.0, 0.0], [1.0, 0.0, 0.0])])["per_issue"]["land"]["comes_back"]
    assert found["first"] == pytest.approx(0.8**4)


def test_who_reads_its_own_wishes_thinks_the_pie_larger_than_it_is():
    """By hand, a pie of 1 sent in halves: each reads one option nearer its own end, and the sum is 1.5."""
    up, x = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]), np.linspace(0.0, 1.0, 3)
    told = clause(up, up[::-1, ::-1])
    told = dataclasses.replace(told, sent=np.array([0.0, 1.0, 0.0]), worth={"first": x, "second": 1.0 - x})
    both = own_hands({"first": 1, "second": 1})
    assert readings(both, [told])["per_issue"]["land"]["flattered"] == pytest.approx({"first": 0.5, "second": 0.5})
    fair = dataclasses.replace(told, hop=dict.fromkeys(told.hop, symmetric(0.1, 3)))
    assert readings(both, [fair])["per_issue"]["land"]["flattered"] == pytest.approx({"first": 0.0, "second": 0.0})


def test_a_pair_differs_by_issue_as_it_does_in_the_mean():
    issues = [clause(*random_channels(n, 2), issue=str(n), weight=0.5) for n in range(3)]
    pair = readings(SHUTTLE, issues)["pairs"][0]
    for name, whole in (("disagreement", np.mean), ("total_variation", np.mean), ("cost_gap", np.sum)):
        assert whole([of[name] for of in pair["by_issue"].values()]) == pytest.approx(pair[name])
    assert len({of["disagreement"] for of in pair["by_issue"].values()}) == 3


def test_a_common_text_is_read_alike_and_may_be_wrong():
    """Both columns: no disagreement at all, the error of the text stays; reading back takes most of that away."""
    common = symmetric(0.1)
    one = [clause(*random_channels(1, 2), common=common)]
    text, checked = readings(one_text(), one), one_text(read_back=True)
    assert text["all_alike"] == 1.0
    assert text["pairs"][0] == {
        "parties": ["first", "second"],
        "alike": 1.0,
        "disagreement": 0.0,
        "total_variation": 0.0,
        "cost_gap": 0.0,
        "by_issue": {"land": {"disagreement": 0.0, "total_variation": 0.0, "cost_gap": 0.0}},
    }
    assert text["per_issue"]["land"]["text_error"] == pytest.approx({"first": 0.1, "second": 0.1})
    assert readings(checked, one)["per_issue"]["land"]["text_error"]["first"] == pytest.approx(0.0031, abs=5e-5)


def left_open(first_fill, second_fill, omitted=0.2):
    """A clause of three options that arrives as sent unless it is left open."""
    clear, place = np.eye(3), np.linspace(0.0, 1.0, 3)
    fill = {"first": np.array(first_fill), "second": np.array(second_fill)}
    return Clause("land", even(3), place, 0.5, dict.fromkeys(("first", "second", "text"), clear), omitted, fill)


def test_a_clause_left_open_is_filled_once_at_the_end_of_its_chain():
    """By hand: two hops leave it open with chance 1 - .8^2 = .36; then .5, .3, .2, whatever was sent."""
    read = channels(SHUTTLE, left_open([0.5, 0.3, 0.2], [0.0, 0.0, 1.0]))
    np.testing.assert_allclose(read["first"], 0.64 * np.eye(3) + 0.36 * np.array([0.5, 0.3, 0.2]), rtol=1e-12)
    np.testing.assert_allclose(read["second"].sum(axis=1), 1.0, rtol=1e-12)


def test_a_common_text_differs_on_open_clauses_alone():
    """By hand: one draw fills .5, .5, 0 and .2, .3, .5: alike below .2; above it one option apart or, never, two."""
    chance, taken = filled_together([np.array([0.5, 0.5, 0.0]), np.array([0.2, 0.3, 0.5])])
    happens = chance > 0.0
    np.testing.assert_allclose(chance[happens], [0.2, 0.3, 0.5], atol=1e-12)
    np.testing.assert_array_equal(taken[:, happens], [[0, 0, 1], [0, 1, 2]])
    got = readings(one_text(), [left_open([0.5, 0.5, 0.0], [0.2, 0.3, 0.5])])
    assert got["all_alike"] == pytest.approx(1.0 - 0.2 * 0.8, rel=1e-12)
    assert got["pairs"][0]["cost_gap"] == pytest.approx(0.5 * 0.2 * 0.8 * 0.5, rel=1e-12)
    same = readings(one_text(), [left_open([0.5, 0.3, 0.2], [0.5, 0.3, 0.2])])
    assert same["all_alike"] == 1.0
    assert same["per_issue"]["land"]["text_error"]["first"] == pytest.approx(0.2 * 2 / 3, rel=1e-12)


@settings(deadline=None)
@given(seed=st.integers(0, 1000))
def test_draws_together_read_as_each_alone(seed):
    """Hops, wishes, weights and omissions that differ among draws, along chains that share their first hand."""
    rng = np.random.default_rng(seed)
    hops = {name: rng.dirichlet(np.ones(3), (4, 3)) for name in ("hand", "one", "two")}
    fill = {name: rng.dirichlet(np.ones(3), 4) for name in ("first", "second")}
    omitted, weight, place = rng.random(4), rng.random(4), np.array([0.0, 0.4, 1.0])

    def clause_of(draw):
        kernels = {name: hop[draw] for name, hop in hops.items()}
        return Clause(
            "land", even(3), place, weight[draw], kernels, omitted[draw], {p: f[draw] for p, f in fill.items()}
        )

    for protocol in (
        Protocol("relay", {"first": ["hand", "one"], "second": ["hand", "two"]}, read_back=True),
        one_text(),
    ):
        hops["text"] = hops["hand"]
        together = readings(protocol, [clause_of(slice(None))])
        for draw in range(4):
            alone = readings(protocol, [clause_of(draw)])
            for measure in ("alike", "disagreement", "total_variation", "cost_gap"):
                assert together["pairs"][0][measure][draw] == pytest.approx(alone["pairs"][0][measure], rel=1e-12)
            for measure in ("text_error", "bits", "contraction"):
                held = {party: row[draw] for party, row in together["per_issue"]["land"][measure].items()}
                assert held == pytest.approx(alone["per_issue"]["land"][measure], rel=1e-9)


@given(seed=st.integers(0, 1000))
def test_exchanging_the_parties_exchanges_their_readings(seed):
    one, two = random_channels(seed, 2)
    hops = {"first": 3, "second": 1}
    given_so = readings(own_hands(hops), [clause(one, two)])
    exchanged = readings(own_hands({"first": 1, "second": 3}), [clause(two, one)])
    for measure in ("alike", "disagreement", "total_variation", "cost_gap"):
        assert given_so["pairs"][0][measure] == pytest.approx(exchanged["pairs"][0][measure], rel=1e-9)
    for measure in ("text_error", "bits", "contraction"):
        before, after = (r["per_issue"]["land"][measure] for r in (given_so, exchanged))
        assert before == pytest.approx({"first": after["second"], "second": after["first"]}, rel=1e-9)


def test_three_parties_are_alike_less_often_than_any_two():
    """By hand at one hop of e = .1, M = 5: all three right .9^3 or all at one of four errors, 4 x .025^3."""
    hop = symmetric(0.1)
    three = Clause("land", even(), np.linspace(0.0, 1.0, 5), 0.5, dict.fromkeys("abc", hop))
    got = readings(own_hands(dict.fromkeys("abc", 1)), [three])
    assert got["all_alike"] == pytest.approx(0.9**3 + 4 * 0.025**3, rel=1e-12)
    assert [pair["parties"] for pair in got["pairs"]] == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert all(pair["alike"] == pytest.approx(0.81 + 4 * 0.025**2) for pair in got["pairs"])


def test_issues_count_in_means_products_and_weighted_sums():
    clear, noisy = clause(np.eye(5), np.eye(5), "clear"), clause(symmetric(0.4), symmetric(0.4), "noisy", weight=0.25)
    one, both = readings(SHUTTLE, [noisy]), readings(SHUTTLE, [clear, noisy])
    assert both["all_alike"] == pytest.approx(one["all_alike"])
    assert both["pairs"][0]["disagreement"] == pytest.approx(one["pairs"][0]["disagreement"] / 2)
    assert both["pairs"][0]["cost_gap"] == pytest.approx(one["pairs"][0]["cost_gap"])
    read = channels(SHUTTLE, noisy)
    gap = cost_gap(read["first"], read["second"], even(), noisy.place)
    assert one["pairs"][0]["cost_gap"] == pytest.approx(0.25 * gap)


def test_repairs_rank_as_they_should_where_hops_lean_apart():
    """Shuttle reads least alike, then proximity, then two mediators, and a common text reads one thing."""
    toward_last = np.array([[0.7, 0.2, 0.1], [0.02, 0.78, 0.2], [0.01, 0.09, 0.9]])
    one = [clause(toward_last, toward_last[::-1, ::-1])]
    near = {"first": 1, "second": 1}
    ranked = (SHUTTLE, own_hands(near), own_hands(near, mediators=2), one_text())
    alike = [readings(protocol, one)["all_alike"] for protocol in ranked]
    assert alike == sorted(alike)
    assert alike[0] < 0.6 < 0.9 < alike[2] < alike[3] == 1.0


@given(errors=st.lists(st.floats(0.0, 0.5), min_size=1, max_size=5), options=st.integers(2, 7))
def test_a_chain_of_mixed_media_is_right_as_often_as_the_product_of_its_links(errors, options):
    """P(right) = 1/M + (1 - 1/M) prod lam_l with lam_l = 1 - e_l M/(M - 1), whatever the order of the links."""
    links = [f"link {n}" for n in range(len(errors))]
    hop = {link: symmetric(error, options) for link, error in zip(links, errors, strict=True)}
    one = Clause("land", even(options), np.linspace(0.0, 1.0, options), 1.0, hop)
    read = channels(Protocol("relay", {"there": links, "back": links[::-1]}), one)
    lam = np.prod([1.0 - error * options / (options - 1) for error in errors])
    wrong = 1.0 - (1.0 / options + (1.0 - 1.0 / options) * lam)
    for channel in read.values():
        assert text_error(channel, even(options)) == pytest.approx(wrong, abs=1e-12)


def relay(shared, first, second):
    """Two parties who hear through so many common links, and then so many of their own."""
    common = [f"common {n}" for n in range(shared)]
    chains = {"first": [*common, *["first"] * first], "second": [*common, *["second"] * second]}
    hop = dict.fromkeys([*common, "first", "second"], symmetric(0.1))
    return Protocol("relay", chains), Clause("land", even(), np.linspace(0.0, 1.0, 5), 1.0, hop)


@pytest.mark.parametrize(("shared", "first", "second"), [(0, 1, 2), (1, 1, 1), (3, 2, 1), (2, 0, 1), (2, 0, 0)])
def test_only_links_that_are_not_shared_set_readings_apart(shared, first, second):
    """Differ with chance 1 - [1/M + (1 - 1/M) lam^(n1 + n2)] over own links alone; errors count those in common too."""
    protocol, one = relay(shared, first, second)
    lam = 1.0 - 0.1 * 5 / 4
    got = readings(protocol, [one])
    assert got["pairs"][0]["disagreement"] == pytest.approx(0.8 * (1.0 - lam ** (first + second)), abs=1e-12)
    assert got["all_alike"] == pytest.approx(1.0 - got["pairs"][0]["disagreement"], abs=1e-12)
    error = got["per_issue"]["land"]["text_error"]
    assert error["first"] == pytest.approx(0.8 * (1.0 - lam ** (shared + first)), abs=1e-12)
    assert (got["pairs"][0]["cost_gap"] == 0.0) == (first + second == 0)


@given(seed=st.integers(0, 1000))
def test_who_passes_a_text_on_knows_at_least_as_much_of_it(seed):
    """Data processing along a graph: north passes on to south, and south's reading holds no more information."""
    one, two = random_channels(seed, 2)
    protocol = Protocol("relay", {"first": ["a"], "second": ["a", "b"]})
    made = Clause("land", even(), np.linspace(0.0, 1.0, 5), 1.0, {"a": one, "b": two})
    read = channels(protocol, made)
    assert information(read["second"], even()) <= information(read["first"], even()) + 1e-12
    np.testing.assert_allclose(read["second"], one @ two, rtol=1e-12)


def test_a_published_text_is_garbled_no_more_than_its_medium_and_no_less_by_any_relay():
    """With the text in print every party reads at the floor of the medium; behind a relay nobody reads better."""
    hop = {"print": symmetric(0.01), "oral": symmetric(0.2)}
    one = Clause("land", even(), np.linspace(0.0, 1.0, 5), 1.0, hop)
    read = channels(Protocol("public", {"first": ["print"], "second": ["print", "oral"]}), one)
    assert text_error(read["first"], even()) == pytest.approx(0.01, rel=1e-12)
    assert text_error(read["second"], even()) > 0.2
    exact = Clause("land", even(), np.linspace(0.0, 1.0, 5), 1.0, {"print": symmetric(0.0)})
    np.testing.assert_array_equal(channels(Protocol("public", {"first": ["print"]}), exact)["first"], np.eye(5))
