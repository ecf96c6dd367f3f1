"""The diary of a war whose steps are days, and what a terminal says of its length."""

import numpy as np
import pytest
from test_message_page import held_round

from wars import by_numpy, war
from westphalia.report import options, terminal
from westphalia.report.diary import _talks, diary
from westphalia.scenario.load import load
from westphalia.simulate.replay import Replay, gather

STEPS = 20


@pytest.fixture(scope="module")
def told():
    scenario = load("iwo-jima").scenario
    made = war(scenario, first=1, runs=1, weeks=STEPS, precision=np.float64)
    replay = gather(scenario, ((made.world, state) for state in by_numpy(made, STEPS)))
    return diary(scenario, replay, "run 1")


def test_steps_of_a_day_are_told_as_days(told):
    assert "days 1 to 13, to 4 March 1945:" in told
    assert "day 18, to 9 March 1945:" in told
    assert "week" not in told


def test_dead_are_said_to_be_soldiers(told):
    assert "Dead are soldiers killed." in told.splitlines()


def test_a_terminal_tells_the_length_in_steps_and_95_percent_intervals():
    found = {"runs": 256, "weeks": 36, "days_per_week": 1, "seed": 1, "variant": None, "measures": {}, "arms": {}}
    found |= {"outcomes": {"ongoing": {"share": 0.5, "se": 0.01}}, "status": {"finished": 256}, "failed": []}
    found |= {"study": "out/iwo-jima", "reproduce": "westphalia run iwo-jima"}
    text = terminal.summary(found, "A battle", "1945-02-19")
    assert "256 runs of 36 days from 1945-02-19" in text
    head, row = (line.split("  ") for line in text.split("\n\n")[1].splitlines())
    assert head[-1].strip() == "± 95 %"
    assert row[-1].strip() == "2.0"  # 1.96 standard errors of a hundredth, in points
    assert terminal.shares(found["outcomes"]) == "ongoing 50.0 % (± 2.0)"


def test_options_are_told_in_few_words_that_tell_them_apart():
    long = "Guarantee like article 5 with the United States, no restriction on friendly forces"
    texts = ["Kept or tightened", "Line of contact, and a pull-out from areas outside the regions", long]
    assert options.shortened(texts) == [
        "Kept or tightened",
        "Line of contact, and a pull-out from…",
        "Guarantee like article 5 with the…",
    ]
    first, second = options.shortened([long, long.replace("restriction", "stationing")])
    assert first != second


def test_a_text_much_like_the_last_is_told_by_what_is_new():
    scenario = load("duel").scenario
    one, other = held_round(1), held_round(5)
    other.stages[0] = [1, 2, 1]
    told = Replay([], {}, *(np.zeros(0),) * 5, first=np.zeros(0), rounds=[one, other])
    first, reads, refused = _talks(scenario, told, 1)
    assert first.startswith(
        'A text is put: Line of control: "North keeps half of it"; Limits on forces: "Equal limits"; '
    )
    assert reads == 'North reads otherwise: Limits on forces: "Looser limits for North".'
    assert refused == "No from the leadership of South."
    assert next(_talks(scenario, told, 5)) == 'A text is put, that of week 1 but for Monitoring: "Observers of both".'
