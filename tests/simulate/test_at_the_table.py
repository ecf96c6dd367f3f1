"""How alike texts would be read at the start: the compiled count against one carried text after the other."""

import numpy as np

from wars import SEED
from westphalia.assemble import assemble
from westphalia.kinds import SIDES, plain_loop
from westphalia.model.channel import hear, turn
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.scenario.load import load
from westphalia.simulate.at_the_table import CARRYING, READERS, TWO, figures

RUNS = np.arange(40)


def test_the_compiled_count_is_that_of_texts_carried_one_by_one():
    scenario = load("ukraine").scenario
    made = assemble(scenario, seed=SEED, cases=RUNS, weeks=1)
    table, keys = made.world.table, run_keys(CARRYING, RUNS)
    by_all, by_capitals = [], []
    for number, text in enumerate(np.broadcast_to(table.texts.option, (*table.texts.option.shape[:-1], len(RUNS)))):
        draws = weekly_draws(keys, np.uint32(number), made.world.identity, np.float64)
        read = hear(table, text, turn(table, number), draws, plain_loop).read
        by_all.append((read == read[0]).all(axis=0))
        by_capitals.append((read[:SIDES] == read[0]).all(axis=0))
    by_all, by_capitals = np.mean(by_all, axis=0), np.mean(by_capitals, axis=0)
    expected = [by_all.prod(axis=0), by_capitals.prod(axis=0), by_all[:TWO].prod(axis=0)]
    found = figures(scenario, made, RUNS)
    for who, row in zip(READERS, expected, strict=True):
        np.testing.assert_allclose(found[f"alike[{who}]"], row, rtol=1e-4, atol=1e-6)
        assert np.ptp(row) > 0 or who == "all"
