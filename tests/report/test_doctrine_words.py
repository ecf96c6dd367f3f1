"""What is printed of a game of doctrines: the prediction or its absence, tables, and labels of sides alone."""

import copy

import pytest

from westphalia.report.doctrine_words import told

SIDES = {"east": "Eastland", "west": "Westland"}
NAMES = ["as-it-is", "blitz"]


def both(east, west):
    return {"east": east, "west": west}


def payoffs():
    table = [[0.5, 0.4], [0.7, 0.6]]
    vector = {"terms": table, "war": [[156.0, 120.0], [100.0, 90.0]], "aid": table}
    return {"rows": NAMES, "columns": NAMES, "mean": table, "se": [[0.01, 0.02], [0.01, 0.01]], "vector": vector}


def equilibrium(share):
    return {
        "mixture": both({"blitz": 1.0}, {"as-it-is": 0.25, "blitz": 0.75}),
        "share_of_cases": share,
        "se": 0.05,
        "regret": both(0.01, 0.02),
        "regret_se": both(0.001, 0.002),
    }


def reply(is_added):
    entries = [{"entry": "tempo", "from": 0.8, "to": 0.25, "distance": 0.55}]
    told_of = {"gain": 0.03, "se": 0.01, "is_added": is_added, "instead_of": "blitz", "doctrine": {"tempo": 0.25}}
    return {"round": 1, "side": "west", "name": "reply-1", "entries": entries, **told_of}


def map_of_tempo():
    part = {"change": [[0.1, 0.0], [0.2, -0.1]], "se": [[0.01, 0.01], [0.01, 0.01]]}
    number = {"value": 0.02, "se": 0.01}
    grid = {"tempo": [0.2, 1.0], "withdrawal": [0.01, 1.0], "own": part, "other": part}
    return {"tempo_of": "west", "withdrawal_of": "east", **grid, "interaction": {"own": number, "other": number}}


def policy():
    pair = both(0.01, -0.01)
    prediction = {"stable": False, "mixture": both({"blitz": 1.0}, {}), "share_of_cases": 0.3, "se": 0.1}
    mixture = both({"blitz": 1.0}, {"blitz": 1.0})
    return {"mixture": mixture, "payoff": pair, "change": pair, "change_se": pair, "prediction": prediction}


FOUND = {
    "scenario": "invented",
    "seed": 1,
    "draws": 64,
    "repeats": 16,
    "weeks": 156,
    "sides": SIDES,
    "profiles": {
        "as-it-is": {"title": "As it is", "note": "The doctrine of the scenario."},
        "blitz": {"title": "Blitz", "note": "Attack."},
    },
    "components": {
        "terms": {"title": "worth", "unit": "utility", "worst": 0.1, "best": 0.9},
        "war": {"title": "war fought", "unit": "week", "worst": 156.0, "best": 50.0},
        "aid": {"title": "delivered", "unit": "money"},
    },
    "payoffs": both(payoffs(), payoffs()),
    "equilibria": [equilibrium(0.6), equilibrium(0.2)],
    "stable": True,
    "without": 0.0,
    "played": both({"as-it-is": 0.1, "blitz": 0.9}, {"as-it-is": 0.3, "blitz": 0.7}),
    "agreement": 0.5,
    "quantal": {"precision": 50.0, "mixture": both({"blitz": 1.0}, {"blitz": 1.0}), "lost": 0},
    "minimax_regret": both({"mixture": {"blitz": 1.0}, "value": 0.2}, {"mixture": {"as-it-is": 1.0}, "value": 0.3}),
    "replies": {
        "candidates": 128,
        "refined": 96,
        "tried": [reply(True)],
        "mixture": both({"blitz": 1.0}, {"reply-1": 1.0}),
        "payoff": both(0.5, 0.5),
        "regret": both(0.0, 0.0),
        "prediction": {"stable": False, "mixture": both({}, {}), "share_of_cases": 0.4, "se": 0.1},
    },
    "tempo_withdrawal": [map_of_tempo()],
    "policies": {"steady": "the same throughout"},
    "backers": both(None, {"options": both(NAMES, NAMES), "compared_with": "steady", "policies": {"steady": policy()}}),
}


@pytest.fixture
def found():
    return copy.deepcopy(FOUND)


def test_a_stable_prediction_is_told_with_its_share(found):
    assert "Prediction, in 60.0 % of the cases (± 9.8): Eastland: Blitz" in told(found)
    assert "Westland: Blitz 75.0 %, As it is 25.0 %" in told(found)


def test_where_no_support_gathers_half_nothing_is_predicted(found):
    text = told({**found, "stable": False})
    assert "No stable prediction. The most frequent equilibrium" in text
    assert "\nPrediction" not in text


def test_a_game_without_equilibria_is_told_too(found):
    assert "no case has an equilibrium" in told({**found, "equilibria": [], "stable": False})


def test_rows_of_payoffs_are_the_own_doctrine(found):
    assert "payoff of Westland by its doctrine (rows) and that of Eastland (columns)" in told(found)
    assert "[2] Blitz     0.70  0.60" in told(found)


def test_a_reply_is_told_with_its_gain_and_the_entries_that_differ(found):
    text = told(found)
    assert "round 1, Westland: gain +0.030 (± 0.020), added" in text
    assert "instead of Blitz: tempo 0.8 to 0.25" in text
    assert "Westland: Reply 1" in text
    found["replies"]["tried"] = [reply(False)]
    assert "not added" in told(found)


def test_tempo_and_withdrawal_are_told_together(found):
    text = told(found)
    assert "tempo of Westland (rows) and weekly loss at which Eastland gives ground" in text
    assert "+0.20 / +0.20" in text
    assert "never" in text


def test_a_side_without_backers_has_no_table_of_them(found):
    assert "backers of Westland" in told(found)
    assert "backers of Eastland" not in told(found)


def test_sides_are_called_by_their_labels_alone(found):
    words = told(found).replace("Eastland", "").replace("Westland", "")
    assert "east" not in words.replace("least", "").lower()
    assert "west" not in words.lower()


def test_lines_of_prose_fit_a_terminal(found):
    prose = [line for line in told(found).splitlines() if "  " not in line.strip()]
    assert max(map(len, prose)) <= 140
