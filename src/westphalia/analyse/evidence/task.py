"""What a calibration is asked: a scenario from the start of a fold, and the window of the record that is fitted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from westphalia.analyse.evidence.ensemble import Ensemble
from westphalia.analyse.evidence.monthly import Month, after, between, first_whole
from westphalia.analyse.evidence.observed import Series
from westphalia.analyse.evidence.summaries import Summaries
from westphalia.errors import BadInput
from westphalia.scenario.document import Steps
from westphalia.scenario.inventory import numbers
from westphalia.scenario.load import Loaded, content_hash, with_variant, without_link
from westphalia.scenario.record import Fold
from westphalia.simulate.study_manifest import model_version

NOISE = 7_919
"""Added to the seed of each round, so that rounds share no chance."""


@dataclass(frozen=True)
class Task:
    """What is calibrated on what.

    Attributes:
        loaded: The scenario, from the fold's start.
        fold: The split of the record.
        series: The observed series that are fitted.
        seed: Seed of all draws.
        parameters: Paths of the numbers that are fitted.
    """

    loaded: Loaded
    fold: Fold
    series: Mapping[str, Series]
    seed: int
    parameters: tuple[str, ...]

    @classmethod
    def of(
        cls, loaded: Loaded, name: str, series: Mapping[str, Series], seed: int, *, without: str | None = None
    ) -> Task:
        """The task of a fold of a scenario, perhaps with one of its links switched off and fewer numbers to fit.

        Raises:
            BadInput: For a number without a range where all links stand, and for a series that the window holds no
                month of.
        """
        fold = loaded.scenario.folds[name]
        start = with_variant(loaded, fold.variant)
        start = start if without is None else without_link(start, without)
        ranges = {known.path for known in numbers(start.scenario) if known.is_drawn}
        parameters = tuple(path for path in fold.parameters if path in ranges)
        task = cls(start, fold, {each: series[each] for each in fold.fitted}, seed, parameters)
        findings = [*(_constants(fold, ranges) if without is None else ()), *task._unseen()]
        if findings:
            raise BadInput([loaded.document.fault(("folds", name, *path), *words) for path, *words in findings])
        return task

    @property
    def months(self) -> list[Month]:
        """The months of the window that is fitted."""
        scenario = self.loaded.scenario
        return between(first_whole(scenario), after(self.fold.origin, -1))

    @property
    def summaries(self) -> Summaries:
        """What is compared."""
        return Summaries(self.series, self.months[0], self.months[-1])

    def ensemble(self, z: Float[np.ndarray, "run score"], number: int) -> Ensemble:
        """Runs at these normal scores of the fitted numbers."""
        places = dict(zip(self.parameters, ndtr(z).T, strict=True))
        return Ensemble(self.loaded, self.seed + NOISE * number, places=places)

    @property
    def key(self) -> str:
        """Tells runs of this task from others; the tables of the record count by what they hold in the window."""
        told = [content_hash(self.loaded), self.fold.model_dump(mode="json"), self.seed, model_version()]
        return json.dumps([*told, self.summaries.labels, self.summaries.seen.tolist()])

    def _unseen(self) -> Iterator[tuple[Steps, str, str]]:
        months = self.months
        for place, (name, one) in enumerate(self.series.items()):
            if not months or not one.known(months[0], months[-1]):
                what = f'no month of "{name}" was observed between the start and the origin'
                yield ("fitted", place), what, "take an earlier start, a later origin or another series"


def _constants(fold: Fold, ranges: Collection[str]) -> Iterator[tuple[Steps, str, str]]:
    for place, path in enumerate(fold.parameters):
        if path not in ranges:
            yield ("parameters", place), f'"{path}" has no range at this start', "give it one, or leave it out"
