"""Exported games say what the table says, to us and, where they are installed, to the programs they are for."""

import itertools

import numpy as np
import pytest
from small_games import game, pie

from westphalia.talks.export import as_nfg, as_openspiel, naming_game

SHEET = game([[0.1, 0.5, 0.9], [0.3, 0.2, 0.8], [0.6, 0.5, 0.4]], reserve=[0.0, 0.1, 0.2])
TEXTS, LABELS = np.array([[0], [2]]), ["the first", 'the "third"']


def test_a_text_that_all_name_is_signed_and_nothing_else():
    payoffs = naming_game(SHEET, TEXTS, LABELS).payoffs
    for named in itertools.product(range(3), repeat=3):
        signed = {(0, 0, 0): [0.1, 0.3, 0.6], (1, 1, 1): [0.9, 0.8, 0.4]}.get(named, [0.0, 0.1, 0.2])
        np.testing.assert_array_equal(payoffs[(slice(None), *named)], signed)


def test_naming_a_text_is_an_equilibrium_exactly_if_nobody_is_below_the_reserve():
    of = pie(10, reserve=[0.35, 0.35])
    texts = np.arange(11)[:, None]
    payoffs = naming_game(of, texts, [f"text {k}" for k in range(11)]).payoffs
    best = [payoffs[0].max(axis=0), payoffs[1].max(axis=1)]
    stable = [k for k in range(11) if payoffs[0, k, k] >= best[0][k] and payoffs[1, k, k] >= best[1][k]]
    assert stable == [4, 5, 6]


def test_the_file_has_the_form_of_gambit():
    of = naming_game(game([[1.0], [2.0]], reserve=[0.25, 0.5]), np.array([[0]]), ["a"])
    assert as_nfg(of, 'a "game"') == (
        'NFG 1 R "a \\"game\\"" { "party 0" "party 1" }\n\n{ { "a" "no text" } { "a" "no text" } }\n""\n\n'
        "1.0 2.0 0.25 0.5 0.25 0.5 0.25 0.5\n"
    )


def test_gambit_reads_it(tmp_path):
    gambit = pytest.importorskip("pygambit")
    of = naming_game(SHEET, TEXTS, LABELS)
    (tmp_path / "sheet.nfg").write_text(as_nfg(of, "sheet"), encoding="utf-8")
    read = gambit.read_nfg(tmp_path / "sheet.nfg")
    assert [player.label for player in read.players] == list(SHEET.parties)
    for named in itertools.product(range(3), repeat=3):
        payoffs = [float(read[named][player]) for player in read.players]
        np.testing.assert_array_equal(payoffs, of.payoffs[(slice(None), *named)])


def test_openspiel_reads_it():
    spiel = pytest.importorskip("pyspiel")
    of = naming_game(SHEET, TEXTS, LABELS)
    names, payoffs = as_openspiel(of)
    read = spiel.create_tensor_game("sheet", "sheet", names, payoffs)
    for named in itertools.product(range(3), repeat=3):
        state = read.new_initial_state()
        state.apply_actions(list(named))
        np.testing.assert_array_equal(state.returns(), of.payoffs[(slice(None), *named)])


@pytest.mark.parametrize(
    ("of", "texts", "labels", "message"),
    [
        (SHEET, TEXTS, ["one"], "2 texts need as many labels that differ"),
        (SHEET, TEXTS, ["one", "one"], "2 texts need as many labels that differ"),
        (SHEET, TEXTS, ["one", "no text"], "2 texts need as many labels that differ"),
        (pie(1, reserve=[-np.inf, 0.0]), TEXTS[:1], ["one"], "every reserve has to be finite"),
        (game(np.ones((9, 9))), np.arange(9)[:, None], list("abcdefghi"), "9 parties and 9 texts make 9,000,000,000"),
    ],
)
def test_what_cannot_be_exported_is_told(of, texts, labels, message):
    with pytest.raises(ValueError, match=message):
        naming_game(of, texts, labels)
