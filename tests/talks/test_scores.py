"""Forecasts of decisions in closed form, their scores, and the loader; the data of others where they are at hand."""

import numpy as np
import pytest
from facts import facts

from westphalia.errors import BadInput
from westphalia.talks.challenge import challenge
from westphalia.talks.forecasts import (
    RULES,
    agenda_setter,
    bargained,
    median_voter,
    nash_with_power,
    weighted_mean,
)
from westphalia.talks.importers.deu import Decision, read_decisions, read_decisions_in
from westphalia.talks.scores import described, left_out, scores

ISSUES = """issue,proposal,policy_area,procedure,voting,reference_point,outcome
a1,a,General,COD,QMV,0,40
a2,a,General,COD,Unan,NA,
b1,b,General,COD,QMV,,100
"""
POSITIONS = """issue,actor,position,salience
a1,com,100,50
a1,x,0,80
a1,y,70,NA
a2,x,30,10
b1,x,10,0
b1,y,90,0
"""
ACTORS = "actor,weight\ncom,1\nx,3\ny,2\n"


def decision(position, *, salience=None, size=None, actors=None, reference=np.nan, outcome=np.nan, proposal="p",
             needs_all=False):  # fmt: skip
    many = len(position)
    return Decision(
        "issue",
        proposal,
        tuple(actors or (f"actor {i}" for i in range(many))),
        np.array(position, float),
        np.full(many, 50.0) if salience is None else np.array(salience, float),
        np.ones(many) if size is None else np.array(size, float),
        needs_all,
        reference,
        outcome,
    )


def tables(path, **change):
    files = []
    for name, text in {"issues": ISSUES, "positions": POSITIONS, "actors": ACTORS, **change}.items():
        files.append(path / f"{name}.csv")
        files[-1].write_text(text, encoding="utf-8")
    return files


def test_means_are_weighted_by_powers():
    of = decision([0, 100], salience=[20, 60], size=[1, 4])
    assert weighted_mean(of) == 50.0
    assert weighted_mean(of, salience=1.0) == pytest.approx(75.0)
    assert weighted_mean(of, size=1.0, salience=1.0) == pytest.approx(100 * 240 / 260)
    assert weighted_mean(of, size=0.5) == pytest.approx(100 * 2 / 3)


def test_the_median_voter_has_half_of_all_size_on_either_side():
    assert median_voter(decision([90, 0, 50], size=[1, 1, 1])) == 50.0
    assert median_voter(decision([90, 0, 50], size=[5, 1, 1])) == 90.0


def test_nash_with_power_splits_the_scale_by_power():
    """Two at the ends: x^a (100 - x)^b is largest at 100 a / (a + b)."""
    of = decision([0, 100], salience=[25, 75], size=[3, 2])
    assert nash_with_power(of, size=0.0, salience=0.0) == 50.0
    assert nash_with_power(of, size=0.0, salience=1.0) == 75.0
    assert nash_with_power(of, size=1.0, salience=0.0) == 40.0


def test_kalai_smorodinsky_meets_in_the_middle_and_welfare_at_the_more_salient_end():
    of = decision([0, 100, 100], salience=[90, 30, 30])
    assert bargained(of, solution="kalai_smorodinsky", from_reference=False) == 50.0
    assert bargained(of, solution="welfare", from_reference=False) == 0.0
    assert bargained(of, solution="maxmin", from_reference=False) == 25.0


def test_where_nobody_can_be_moved_from_the_reference_point_it_stays():
    of = decision([0, 40, 100], reference=40.0)
    assert bargained(of, solution="nash", from_reference=True) == 40.0
    unknown = decision([0, 40, 100])
    assert bargained(unknown, solution="kalai", from_reference=True) == 50.0


def test_the_agenda_setter_gets_the_best_that_the_quota_accepts():
    """From 0, a voter at 30 accepts up to 60 and one at 45 up to 90."""
    of = decision([100, 30, 45], actors=["com", "x", "y"], size=[9, 1, 1], reference=0.0)
    assert agenda_setter(of, quota=1.0) == 60.0
    assert agenda_setter(of, quota=0.5) == 90.0
    assert agenda_setter(of._replace(needs_all=True), quota=0.5) == 60.0
    assert agenda_setter(of._replace(position=np.array([100.0, 0.0, 0.0])), quota=0.5) == 0.0
    assert agenda_setter(of._replace(reference=np.nan), quota=0.5) == median_voter(of)


def test_the_challenge_model_leaves_agreement_alone_and_keeps_to_the_positions():
    assert challenge(decision([30, 30]), rounds=5) == 30.0
    for rounds in (1, 2, 5):
        assert 0.0 <= challenge(decision([0, 20, 70, 100], salience=[90, 30, 50, 80]), rounds=rounds) <= 100.0


def test_the_challenge_model_knows_no_left_and_right():
    of = decision([0, 20, 70, 90, 35], salience=[90, 30, 50, 80, 10], size=[1, 2, 3, 1, 1])
    mirrored = of._replace(position=100.0 - of.position)
    assert challenge(mirrored, rounds=1) == pytest.approx(100.0 - challenge(of, rounds=1))


def test_a_parameter_is_chosen_on_the_other_proposals():
    """Each proposal alone would choose the other value than its fellows do."""
    known = [decision([0], proposal=name, outcome=out) for name, out in (("p", 10.0), ("q", 90.0), ("q", 90.0))]
    family = {"low": lambda _: 10.0, "high": lambda _: 90.0}
    errors = left_out(family, known, np.array([d.outcome for d in known]), np.array([0, 1, 1]))
    np.testing.assert_array_equal(errors, [80.0, 80.0, 80.0])


def made_up(seed=0, proposals=40, noise=5.0):
    """Outcomes near the salience-weighted mean."""
    random = np.random.default_rng(seed)
    for index in range(proposals):
        of = decision(random.integers(0, 101, 6), salience=random.integers(1, 101, 6), size=random.random(6) + 0.1)
        outcome = np.clip(weighted_mean(of, salience=1.0) + random.normal(scale=noise), 0.0, 100.0)
        yield of._replace(proposal=str(index), outcome=float(outcome))


def test_the_rule_that_made_the_outcomes_is_found_and_the_others_are_told_off():
    scored = {score.rule: score for score in scores(list(made_up()))}
    assert scored["salience-weighted mean"].verdict == "beats the plain mean"
    assert scored["constant 50"].verdict != "beats the plain mean"
    assert scored["plain mean"].verdict == "the yardstick"
    assert scored["plain mean"].against["plain mean"].mean == 0.0
    best = scored["salience-weighted mean"]
    assert best.error.low < best.error.mean < best.error.high
    for yardstick, apart in best.against.items():
        assert apart.mean == pytest.approx(best.error.mean - scored[yardstick].error.mean)
        assert apart.low < apart.mean < apart.high < 0.0


def test_unknown_outcomes_are_not_scored():
    decisions = [*made_up(), decision([50])]
    assert {score.decisions for score in scores(decisions)} == {40}
    with pytest.raises(ValueError, match="at least two proposals"):
        scores([decision([50], outcome=3.0)])


def test_scores_are_described_in_plain_python():
    found = described([*made_up(), decision([50])])
    assert (found["decisions"], found["scored"]) == (41, 40)
    assert [rule["rule"] for rule in found["rules"]][0] == "salience-weighted mean"
    assert all(rule["against"].keys() == set(found["yardsticks"]) for rule in found["rules"])
    assert "does not beat the plain mean" in {rule["verdict"] for rule in found["rules"]}


def test_tables_of_a_folder_are_found_by_their_columns(tmp_path):
    tables(tmp_path)
    (tmp_path / "other.csv").write_text("name,size\n", encoding="utf-8")
    assert [each.issue for each in read_decisions_in(tmp_path)] == ["a1", "a2", "b1"]
    (tmp_path / "again.csv").write_text(ISSUES, encoding="utf-8")
    (tmp_path / "actors.csv").unlink()
    with pytest.raises(BadInput) as caught:
        read_decisions_in(tmp_path)
    assert [fault.what for fault in caught.value.faults] == [
        "tables of actors: none",
        "tables of issues: again.csv, issues.csv",
    ]


def test_tables_are_read(tmp_path):
    first, second, third = read_decisions(*tables(tmp_path))
    assert (first.issue, first.proposal, first.actors, first.needs_all) == ("a1", "a", ("com", "x"), False)
    np.testing.assert_array_equal(first.size, [1.0, 3.0])
    assert (first.reference, first.outcome) == (0.0, 40.0)
    assert second.needs_all
    assert np.isnan([second.reference, second.outcome, third.reference]).all()
    np.testing.assert_array_equal(third.salience, [1.0, 1.0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"positions": POSITIONS.replace("100,50", "140,50")},
            'positions.csv:2:3 position: the text "140" is no number',
        ),
        ({"positions": POSITIONS.replace("100,50", "much,50")}, 'positions.csv:2:3 position: the text "much" is no'),
        ({"positions": POSITIONS.replace("a1,x", "a1,z")}, 'positions.csv:3:2 actor: the text "z" has no size'),
        ({"positions": POSITIONS.replace("b1,x", "c1,x")}, 'positions.csv:1:1 issue: the text "c1" is no issue'),
        ({"positions": POSITIONS.replace("salience", "care")}, "positions.csv:1:1 positions: has no column salience"),
        ({"actors": "actor\ncom\n"}, "actors.csv:1:1 actors: has no column with sizes"),
        ({"issues": ISSUES.replace("0,40", "0,x")}, 'issues.csv:2:7 outcome: the text "x" is no number from 0 to 100'),
    ],
)
def test_each_fault_tells_its_place(tmp_path, change, message):
    with pytest.raises(BadInput) as caught:
        read_decisions(*tables(tmp_path, **change))
    assert any(message in str(fault) for fault in caught.value.faults), str(caught.value)


def test_real_decisions_have_the_known_errors_of_the_simple_rules():
    """Means and constant as measured elsewhere; nobody beats the plain mean, and the table has to say so."""
    folder = facts("negotiation")
    found = read_decisions_in(folder)
    scored = {score.rule: score for score in scores(found)}
    assert scored.keys() >= RULES.keys()
    assert (len(found), scored["plain mean"].decisions) == (188, 180)
    known = {"plain mean": 20.5, "size x salience mean": 20.5, "salience-weighted mean": 21.4, "constant 50": 27.7}
    assert {rule: round(scored[rule].error.mean, 1) for rule in known} == known
    assert "beats the plain mean" not in {score.verdict for score in scored.values()}
