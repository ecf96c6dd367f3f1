"""The structural tests that the model passes, held; the page ``docs/structure.md`` has all, failures among them."""

import functools

import pytest

from westphalia.analyse import structure
from westphalia.analyse.bridgehead import bridgehead
from westphalia.analyse.finding import Finding

HOLDS = [
    (structure.quiet_front, "duel"),
    (structure.quiet_front, "ukraine"),
    (bridgehead, "duel"),
    (bridgehead, "ukraine"),
    (structure.growth_of_a_difference, "duel"),
    (structure.truce, "duel"),
    (structure.truce, "ukraine"),
    (structure.readers, "duel"),
    (structure.belts, "duel"),
    (structure.belts, "ukraine"),
]

starts = functools.cache(structure.scenarios)


@pytest.mark.slow
@pytest.mark.parametrize(("test", "name"), HOLDS, ids=[f"{test.__name__}-{name}" for test, name in HOLDS])
def test_what_must_hold_for_any_draw_holds(test, name):
    findings = test(name, starts()[name])
    assert findings
    assert [f"{f.sentence}: {f.figure}" for f in findings if not f.passed] == []


def test_a_line_that_moves_without_an_attack_would_be_found(monkeypatch):
    """The test of the quiet front can fail: it does where the postures are left as they are."""
    monkeypatch.setattr(structure, "replaced", lambda start, path, change: start)
    (finding,) = structure.quiet_front("duel", starts()["duel"])
    assert not finding.passed


def test_reasons_are_told_for_tests_that_fail_and_for_no_others():
    rows = [Finding("6 triggers fire", "duel", "", "", "", False), Finding("8 scale", "duel", "", "", "", True)]
    assert structure._fails(rows, "6")
    assert not structure._fails(rows, "8")
