"""A study on disk, opened for reading; everything in it can also be read with pandas and xarray alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xarray as xr

from westphalia.simulate.study_files import FANS, MANIFEST, SAMPLE, Manifest, read_manifest, refuse, runs_part

BASELINE = "baseline"


@final
@dataclass(frozen=True)
class Study:
    """A study on disk.

    Attributes:
        folder: Where it lies.
        manifest: What ``study.json`` says.
    """

    folder: Path
    manifest: Manifest

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms: the baseline, then the levers."""
        return tuple(self.manifest["arms"])

    @property
    def done(self) -> int:
        """Runs of one arm that are on disk."""
        return sum(entry["runs"] for entry in self.manifest["chunks"] if entry["status"] == "done")

    @property
    def failures(self) -> list[dict]:
        """The chunks that failed, each with stage and reason."""
        return [entry for entry in self.manifest["chunks"] if entry["status"] == "failed"]

    @property
    def is_complete(self) -> bool:
        """Whether every run is on disk and the fans hold them all."""
        return self.done == self.manifest["runs"] and bool(self.manifest["cubes"])

    def runs(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One row a run and arm: arm, run, case, repeat, assumptions, outcome, measures, events, status; arm after arm.

        Args:
            columns: Only these beside the arm, where given.

        Raises:
            BadInput: If no run is on disk.
        """
        done = [entry["chunk"] for entry in self.manifest["chunks"] if entry["status"] == "done"]
        if not done:
            refuse(self.folder, "the study has no runs yet", "go on with it by `westphalia extend`")
        wanted = None if columns is None else list(dict.fromkeys(("arm", *columns)))
        table = pa.concat_tables([pq.read_table(self.folder / runs_part(chunk), columns=wanted) for chunk in done])
        arms = [table.filter(pc.field("arm") == arm) for arm in self.arms]
        return pa.concat_tables(arms).to_pandas()

    def fans(self) -> xr.Dataset:
        """Histograms of all runs: ``counts`` (arm, series, week, bin), ``low`` and ``high`` (series).

        Raises:
            BadInput: If the study has been interrupted before they were written.
        """
        return self._fans

    @cached_property
    def _fans(self) -> xr.Dataset:
        with xr.open_dataset(self._cube(FANS), engine="h5netcdf") as data:
            return data.load()

    def sample(self, series: Sequence[str] | None = None) -> xr.Dataset:
        """Trajectories of the first runs: ``value`` (arm, series, week, run).

        Args:
            series: Only these, where given.

        Raises:
            BadInput: If the study has been interrupted before they were written.
        """
        with xr.open_dataset(self._cube(SAMPLE), engine="h5netcdf") as data:
            return (data if series is None else data.sel(series=list(series))).load()

    def quantiles(self, series: str, arm: str = BASELINE, q: Sequence[float] = (0.05, 0.5, 0.95)) -> xr.DataArray:
        """Quantiles of a series over all runs: (quantile, week), read off the histograms, linear within bins."""
        fans = self.fans().sel(series=series, arm=arm)
        values = quantiles_of(fans["counts"].to_numpy(), float(fans["low"]), float(fans["high"]), q)
        coords = {"quantile": list(q), "week": fans["week"], "date": fans["date"]}
        unit = {"units": str(fans["unit"].item())}
        return xr.DataArray(values, coords=coords, dims=("quantile", "week"), name=series, attrs=unit)

    def shares(self, arm: str = BASELINE) -> pd.DataFrame:
        """Share of the runs of an arm with each outcome, and its binomial standard error, largest first.

        Every outcome that occurs in any arm has a row, so that arms can be compared.
        """
        return shares_of(self.runs(["outcome"]), arm)

    def _cube(self, name: str) -> Path:
        if name not in self.manifest["cubes"]:
            refuse(self.folder, "the study is unfinished", f"go on with it: westphalia extend {self.folder}")
        return self.folder / name


def open_study(folder: str | Path) -> Study:
    """Open the study of a folder for reading.

    Raises:
        BadInput: If there is none.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest is None:
        what = f"there is no study here (no {MANIFEST})"
        refuse(folder, what, "give the folder of a study, such as out/duel, or make one with `westphalia run`")
    return Study(folder, manifest)


def quantiles_of(counts: np.ndarray, low: float, high: float, q: Sequence[float]) -> np.ndarray:
    """Quantiles (quantile, week) of histograms (week, bin) with equal bins from ``low`` to ``high``.

    Values are taken to lie evenly within their bin.
    """
    edges = np.linspace(low, high, counts.shape[-1] + 1)
    rows = []
    for week in counts:
        below = np.concatenate([[0.0], np.cumsum(week) / max(week.sum(), 1)])
        end = np.searchsorted(below, 1.0) + 1
        rows.append(np.interp(q, below[:end], edges[:end]))
    return np.array(rows).T


def shares_of(runs: pd.DataFrame, arm: str = BASELINE) -> pd.DataFrame:
    """See ``Study.shares``; ``runs`` has the columns arm and outcome."""
    outcomes = runs["outcome"].unique()
    here = runs.loc[runs["arm"] == arm, "outcome"]
    share = here.value_counts(normalize=True).reindex(outcomes, fill_value=0.0)
    table = pd.DataFrame({"share": share, "se": np.sqrt(share * (1 - share) / max(len(here), 1))})
    return table.rename_axis("outcome").sort_values("share", ascending=False, kind="stable")
