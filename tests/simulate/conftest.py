"""The fake engine for tests of studies, which asks for it by name."""

import fake_engine
import pytest
from fake_engine import FakeEngine

from westphalia.simulate import study_manifest, study_run


@pytest.fixture
def engines(monkeypatch):
    """The fake engine in place of the real one, and every engine that was made, in order."""
    made = []

    def prepare(loaded, **asked):
        made.append(fake_engine.prepare(loaded, **asked))
        return made[-1]

    monkeypatch.setattr(study_run, "prepare", prepare)
    monkeypatch.setattr(study_manifest, "model_version", lambda: "1+test")
    return made


@pytest.fixture
def with_engine(monkeypatch):
    """Make the next studies use an engine that fails, or is interrupted, at some chunks."""

    def _with_engine(**faults):
        monkeypatch.setattr(
            study_run, "prepare", lambda loaded, *, seed, weeks, levers: FakeEngine(seed, weeks, levers, **faults)
        )

    return _with_engine
