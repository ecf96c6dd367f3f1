"""The README's Python runs as it stands, and the adapters give what they promise."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from westphalia import api

README = Path(__file__).parents[1] / "README.md"


def test_its_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_a_problem_for_salib_names_drawn_numbers_by_their_place_in_the_range():
    problem = api.problem("duel")
    assert problem["num_vars"] == len(problem["names"]) == len(problem["bounds"])
    assert "laws.attrition.intensity" in problem["names"]
    assert all(bound == [0.0, 1.0] for bound in problem["bounds"])


def test_places_are_taken_as_they_are_given():
    places = pd.DataFrame({"laws.aid.prize": [0.0, 0.25, 1.0]})
    table = api.evaluate("duel", places, weeks=4)
    np.testing.assert_allclose(table["laws.aid.prize"], [0.2, 0.4, 1.0], rtol=1e-6)
    again = api.evaluate("duel", places[:2], weeks=4)
    pd.testing.assert_frame_equal(again, table[:2])


def test_what_is_no_place_is_refused():
    with pytest.raises(ValueError, match="not drawn here: laws.no.such"):
        api.evaluate("duel", pd.DataFrame({"laws.no.such": [0.5]}), weeks=4)
    with pytest.raises(ValueError, match="from 0 to 1"):
        api.evaluate("duel", pd.DataFrame({"laws.aid.prize": [1.5]}), weeks=4)


def test_a_model_of_the_ema_workbench_gives_means_over_runs():
    pytest.importorskip("ema_workbench")
    model = api.ema_model("duel", ["laws.attrition.intensity"], ["dead[north]"], runs=8, weeks=8)
    low, high = (model.function(**{"laws.attrition.intensity": place})["dead[north]"] for place in (0.0, 1.0))
    assert low < high
