"""Real term sheets against what must be true of any verdict on them, and the tables that they come from."""

import dataclasses
import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wars import loaded
from westphalia.analyse.sheets import Distance, Verdict, distances, judge
from westphalia.assemble import assemble
from westphalia.errors import BadInput
from westphalia.model.table import Ballot
from westphalia.scenario.load import library
from westphalia.scenario.sheets import COLUMNS, FILE, OPEN, Sheet, read_sheets

DRAWS = 400


@functools.cache
def sheets():
    return {sheet.key: sheet for sheet in read_sheets(library() / "ukraine", loaded("ukraine").scenario.talks)}


@functools.cache
def verdicts():
    found = judge(loaded("ukraine"), list(sheets().values()), seed=1, draws=DRAWS)
    return {verdict.sheet.key: verdict for verdict in found}


def text(options):
    """A sheet whose coder had no doubt."""
    option = np.array(options)
    return Sheet("own", "own", "2026-01-01", "nobody", option, option, option)


@pytest.mark.slow
def test_the_record_is_read_whole():
    assert len(sheets()) == 28
    assert (sheets()["RU-MEM25"].option[:2] == [6, 5]).all()
    assert (sheets()["IST-COM"].option == OPEN).any()


def test_a_sides_own_ideal_is_worth_one_to_it_and_no_line_is_crossed():
    talks = loaded("ukraine").scenario.talks
    last = [len(issue.options) - 1 for issue in talks.issues.values()]
    first, final = judge(loaded("ukraine"), [text([0] * len(last)), text(last)], seed=1, draws=50)
    np.testing.assert_allclose(final.worth[0], 1.0, atol=1e-12)
    np.testing.assert_allclose(first.worth[1], 1.0, atol=1e-12)
    assert (first.worth[0] <= 0.0).all()
    assert (final.worth[1] <= 0.0).all()


def test_each_sides_own_memorandum_is_the_better_for_it():
    russian, ukrainian = verdicts()["RU-MEM25"], verdicts()["UA-MEM25"]
    assert (russian.worth[0] > ukrainian.worth[0]).all()
    assert (ukrainian.worth[1] > russian.worth[1]).all()
    assert max(russian.blocks, key=russian.blocks.get) == "ukraine leadership"
    assert max(ukrainian.blocks, key=ukrainian.blocks.get) == "russia leadership"


def test_all_sign_more_rarely_than_any_of_them():
    for verdict in verdicts().values():
        assert (verdict.signed <= verdict.chance.min(axis=0) + 1e-12).all()
        assert sum(verdict.blocks.values()) <= 1.0


def test_a_cell_recoded_moves_its_numbers_and_no_others():
    before = sheets()["UA-20PT"]
    option = before.option.copy()
    option[0] = 0
    after = Sheet(before.key, before.title, before.date, before.author, option, option, option)
    moved = judge(loaded("ukraine"), [after, sheets()["US-28PT"]], seed=1, draws=DRAWS)
    assert np.median(moved[0].worth[1] - verdicts()["UA-20PT"].worth[1]) > 0.0
    assert np.array_equal(moved[1].worth, verdicts()["US-28PT"].worth)


def test_distances_are_those_of_the_record():
    """Mean over the issues that both address: .81 between the two memoranda of June 2025, 0 from a text to itself."""
    options = np.array([len(issue.options) for issue in loaded("ukraine").scenario.talks.issues.values()])
    names = ("UA-MEM25", "RU-MEM25", "US-28PT", "E3-28")
    found = distances([*(sheets()[name] for name in names), text([OPEN] * 10)], options, seed=1, draws=DRAWS)
    memoranda = found["UA-MEM25", "RU-MEM25"]
    assert (round(memoranda.coded, 2), memoranda.issues) == (0.81, 8)
    assert round(found["US-28PT", "E3-28"].coded, 2) == 0.32
    assert not any("own" in pair for pair in found), "a text that says nothing shares no issue"
    same = distances([text([1] * 10), dataclasses.replace(text([1] * 10), key="other")], options, seed=1, draws=9)
    assert same["own", "other"] == Distance(10, 0.0, (0.0, 0.0))


def test_coders_in_doubt_widen_a_distance():
    options, sure = np.full(4, 5), text([0, 0, 0, 0])
    doubtful = Sheet("other", "other", "2026-01-01", "nobody", np.array([2, 2, OPEN, 2]), *np.array([[1] * 4, [3] * 4]))
    far = distances([sure, doubtful], options, seed=1, draws=2000)["own", "other"]
    assert far.coded == 0.5
    assert far.coders[0] == pytest.approx(1 / 3, abs=0.03)
    assert far.coders[1] == pytest.approx(2 / 3, abs=0.03)


def test_what_is_lacked_most_is_what_lies_farthest_below_the_best_clause():
    """By hand: the first side lacks its whole weight, and its line, on the one issue that is not at its own end."""
    talks = loaded("ukraine").scenario.talks
    option = np.array([len(issue.options) - 1 for issue in talks.issues.values()])
    option[3] = 0
    verdict = judge(loaded("ukraine"), [text(option)], seed=1, draws=50)[0]
    assert verdict.lacks[0].argmax() == 3
    np.testing.assert_allclose(np.delete(verdict.lacks[0], 3), 0.0, atol=1e-12)
    assert (verdict.lacks >= 0.0).all()


@pytest.mark.parametrize(
    ("cells", "line", "path", "says"),
    [
        ({"issue": "teritory"}, 2, "issue", '"teritory" is no issue of the scenario'),
        ({"option": "9"}, 2, "option", 'found "9"'),
        ({"option_low": "x"}, 2, "option_low", 'found "x"'),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(tmp_path, cells, line, path, says):
    row = dict.fromkeys(COLUMNS, "x") | {"issue": "territory", "option": "1", "option_low": "1", "option_high": "2"}
    row |= cells
    (tmp_path / FILE).write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_sheets(tmp_path, loaded("ukraine").scenario.talks)
    (fault,) = caught.value.faults
    assert (fault.line, fault.path) == (line, path)
    assert says in fault.what


def test_a_missing_column_is_told(tmp_path):
    (tmp_path / FILE).write_text("sheet,issue\na,territory\n", encoding="utf-8")
    with pytest.raises(BadInput, match="there is no such column"):
        read_sheets(tmp_path, loaded("ukraine").scenario.talks)


def verdict(chances, *ballots):
    """A verdict on a text by chances of a yes alone; who is in no ballot has a veto."""
    voters = {voter for ballot in ballots for voter in ballot.voters}
    seating = loaded_seating()._replace(
        vetoes=tuple(n for n in range(len(chances)) if n not in voters), ballots=ballots
    )
    chance = np.array(chances, float)[:, None]
    return Verdict(text([0]), [f"player {n}" for n in range(len(chances))], chance, chance, chance, seating)


@functools.cache
def loaded_seating():
    return assemble(loaded("duel").scenario, seed=1, cases=np.arange(1), weeks=1).world.table.seating


def test_vetoes_multiply_and_who_is_not_needed_stops_nothing():
    assert verdict([0.5, 0.4, 1.0]).signed == pytest.approx(0.2, rel=1e-15)


@given(chances=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6), added=st.floats(0.0, 1.0))
def test_a_further_veto_player_never_raises_the_chance(chances, added):
    assert verdict([*chances, added]).signed <= verdict(chances).signed
    assert verdict([*chances, 1.0]).signed == verdict(chances).signed


def test_a_ballot_passes_with_the_chance_that_votes_reach_the_quota():
    """Two of three at one half: 1/2. With votes 2, 1, 1 and a quota of 3: the first and one of the others, 3/8."""
    equal = Ballot((1, 2, 3), (1.0, 1.0, 1.0), 2.0)
    weighted = Ballot((1, 2, 3), (2.0, 1.0, 1.0), 3.0)
    assert verdict([1.0, 0.5, 0.5, 0.5], equal).signed == pytest.approx(0.5)
    assert verdict([0.5, 0.5, 0.5, 0.5], weighted).signed == pytest.approx(0.5 * 0.375)


def test_a_voter_whose_ballot_passes_without_it_blocks_nothing():
    passing = verdict([0.9, 0.9, 0.0, 0.99, 0.99], Ballot((2, 3, 4), (1.0, 1.0, 1.0), 2.0))
    assert set(passing.blocks.values()) == {0.0}
    failing = verdict([0.9, 0.9, 0.3, 0.0, 0.99], Ballot((2, 3, 4), (1.0, 1.0, 1.0), 2.0))
    assert failing.blocks["player 3"] == 1.0
    assert failing.blocks_apart_from_leaders == {"player 2": 0.0, "player 3": 1.0, "player 4": 0.0}
