"""Tables of values in place of a scenario's draws: read by name, taken in turn, refused with their place."""

import json

import numpy as np
import pytest

from wars import loaded
from westphalia.assemble import assemble
from westphalia.errors import BadInput
from westphalia.scenario.inventory import numbers
from westphalia.scenario.load import content_hash, load, with_variant
from westphalia.scenario.tables import write_table

INTENSITY, EXPONENT = "laws.attrition.intensity", "laws.attrition.exponent"
COLUMNS = {INTENSITY: np.array([0.01, 0.02, 0.025]), EXPONENT: np.array([0.3, 0.4, 0.5])}
CASES = np.array([0, 1, 2, 3, 4, 8])


@pytest.fixture
def war(tmp_path):
    """A duel with this text beside it, named in the scenario and perhaps in a variant."""

    def _war(text=None, named="table.csv", varied=None):
        data = loaded("duel").document.data | {"talks": None, "claims": {}, "links": {}, "mirror": {}, "levers": {}}
        data |= {"positions": {}} | ({"drawn": named} if named else {})
        data |= {"variants": {"later": {"title": "Later", "set": {"drawn": varied}}}} if varied else {}
        (tmp_path / "scenario.yaml").write_text(json.dumps(data, default=str))
        if text is None:
            write_table(tmp_path / "table.csv", COLUMNS)
        else:
            (tmp_path / "table.csv").write_text(text)
        return tmp_path

    return _war


def taken(scenario, **given):
    return assemble(scenario, seed=1, cases=CASES, weeks=4, **given).assumptions


def faults(folder):
    with pytest.raises(BadInput) as error:
        load(folder)
    return [(one.file.rpartition("/")[2], one.line, one.column, one.path, one.message) for one in error.value.faults]


def test_cases_take_rows_in_turn_and_other_numbers_stay_what_they_were(war):
    found = taken(load(war()).scenario)
    assert found[INTENSITY].tolist() == [0.01, 0.02, 0.025, 0.01, 0.02, 0.025]
    assert found[EXPONENT].tolist() == [0.3, 0.4, 0.5, 0.3, 0.4, 0.5]
    plain = taken(loaded("duel").scenario.model_copy(update={"talks": None}))
    assert found.keys() == plain.keys()
    for path in found.keys() - COLUMNS.keys():
        np.testing.assert_array_equal(found[path], plain[path])


def test_what_is_written_is_read_to_nine_digits(war, tmp_path):
    values = np.random.default_rng(1).uniform(0.006, 0.03, 50)
    folder = war()
    write_table(tmp_path / "table.csv", {INTENSITY: values})
    assert load(folder).scenario.drawn[INTENSITY] == pytest.approx(values.tolist(), rel=1e-8)


def test_a_variant_may_name_a_table_of_its_own(war):
    plain = load(war(named=None, varied="table.csv"))
    assert plain.scenario.drawn == {}
    assert taken(with_variant(plain, "later").scenario)[INTENSITY].tolist()[:3] == [0.01, 0.02, 0.025]
    assert load(war(named=None, varied="table.csv"), variant="later").scenario.drawn.keys() == COLUMNS.keys()


def test_a_place_in_the_range_wins_over_the_table(war):
    scenario = load(war()).scenario
    found = taken(scenario, parts={INTENSITY: (1.0, 1.0)})
    assert found[INTENSITY] == pytest.approx(0.06)
    assert found[EXPONENT].tolist()[:3] == [0.3, 0.4, 0.5]
    assert taken(scenario, values={INTENSITY: np.full(6, 0.015)})[INTENSITY] == pytest.approx(0.015)


def test_the_inventory_says_what_was_calibrated(war):
    known = {one.path: one for one in numbers(load(war()).scenario)}
    assert known[INTENSITY].status == known[EXPONENT].status == "calibrated"
    assert (known[INTENSITY].low, known[INTENSITY].high) == (0.01, 0.025)
    assert known[INTENSITY].is_drawn
    assert known["laws.attrition.killed_share"].status != "calibrated"


def test_the_content_changes_with_the_table(war, tmp_path):
    whole = content_hash(load(war()))
    assert content_hash(load(war())) == whole
    write_table(tmp_path / "table.csv", COLUMNS | {EXPONENT: np.array([0.3, 0.4, 0.51])})
    assert content_hash(load(tmp_path)) != whole
    (tmp_path / "other.csv").write_bytes((tmp_path / "table.csv").read_bytes())
    same = content_hash(load(tmp_path))
    text = (tmp_path / "scenario.yaml").read_text()
    (tmp_path / "scenario.yaml").write_text(text.replace("table.csv", "other.csv"))
    assert content_hash(load(tmp_path)) == same, "the values count, not the name of the file"


def test_a_file_that_is_missing_is_told_where_it_is_named(war):
    ((file, line, _, path, message),) = faults(war(named="missing.csv"))
    assert (file, line, path) == ("scenario.yaml", 1, "drawn")
    assert message == "missing.csv cannot be read (No such file or directory); give a CSV table beside the scenario"
    ((_, _, _, path, _),) = faults(war(named=None, varied="missing.csv"))
    assert path == "variants.later.set.drawn"


def test_cells_without_a_number_are_told_each_at_its_place(war):
    text = f"{INTENSITY},{EXPONENT}\n0.01,0.3\nmuch,0.4\n0.02\n0.02,nan\n"
    assert [found[:4] for found in faults(war(text))] == [
        ("table.csv", 3, 1, INTENSITY),
        ("table.csv", 4, 2, EXPONENT),
        ("table.csv", 5, 2, EXPONENT),
    ]


@pytest.mark.parametrize("text", ["", f"{INTENSITY}\n"])
def test_a_table_without_rows_is_refused(war, text):
    ((file, line, *_, message),) = faults(war(text))
    assert (file, line) == ("table.csv", 1)
    assert message == "the table has no rows; give a row for each case"


def test_a_column_that_stands_twice_is_refused(war):
    ((file, line, column, path, message),) = faults(war(f"{INTENSITY},{EXPONENT},{INTENSITY}\n0.01,0.3,0.02\n"))
    assert (file, line, column, path) == ("table.csv", 1, 3, INTENSITY)
    assert message == "the column stands here twice; remove one"


def test_a_column_of_no_number_is_told_with_what_was_meant(war):
    ((file, *_, path, message),) = faults(war("laws.attrition.intensitty\n0.01\n"))
    assert (file, path) == ("scenario.yaml", "drawn.laws.attrition.intensitty")
    assert message.endswith(f'did you mean "{INTENSITY}"?')


def test_short_columns_in_the_scenario_itself_are_told(war):
    ((*_, path, message),) = faults(war(named={INTENSITY: [0.01, 0.02], EXPONENT: [0.3]}))
    assert path == f"drawn.{EXPONENT}"
    assert message == "1 values, elsewhere 2; give every number as many"
