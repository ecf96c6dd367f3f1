"""A small war with a record that the model made itself, and what a calibration found of it, once for all tests."""

from typing import NamedTuple

import pytest

from records import silently, small_war
from westphalia.analyse.evidence.calibrate import Round, calibrate
from westphalia.analyse.evidence.observed import observed
from westphalia.analyse.evidence.task import Task
from westphalia.scenario.load import load

RUNS = 256


class Fitted(NamedTuple):
    """A task, where its runs are kept, both rounds, and the numbers that the record was made with."""

    task: Task
    folder: object
    rounds: list[Round]
    truth: dict[str, float]


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The folder of the war, the months after its origin by side, and the numbers that all was made with."""
    folder = tmp_path_factory.mktemp("small") / "war"
    return folder, *small_war(folder)


@pytest.fixture(scope="session")
def fitted(small):
    """The calibration of the war."""
    folder, _, truth = small
    loaded = load(folder)
    task = Task.of(loaded, "half", observed(loaded), 1)
    place = folder.parent / "kept"
    return Fitted(task, place, calibrate(task, place, RUNS, silently), truth)
