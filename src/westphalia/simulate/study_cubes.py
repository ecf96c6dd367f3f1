"""Fans and sample trajectories of a study: parts that add up, and the labelled files made from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, final

import numpy as np
import xarray as xr

from westphalia.simulate.study_files import Manifest, cube_part, sample_part, write, write_counts, write_sample
from westphalia.simulate.study_manifest import CHUNK, dates

SAMPLE_RUNS = 5000
"""Trajectories of so many runs, the first of a study, are kept."""


def write_parts(folder: Path, number: int, chunk: Any, first: int) -> dict[str, str]:  # noqa: ANN401  (of an engine)
    """Write the histograms of a chunk, and the trajectories of its runs that are kept; returns SHA-256 by file."""
    counts = chunk.counts.astype(np.uint16 if chunk.counts.max() < 2**16 else np.int64)
    files = {cube_part(number): write_counts(folder / cube_part(number), counts)}
    if first < SAMPLE_RUNS:
        kept = np.ascontiguousarray(chunk.sample[..., : SAMPLE_RUNS - first], np.float32)
        files[sample_part(number)] = write_sample(folder / sample_part(number), kept)
    return files


@final
class Totals:
    """Histograms summed over chunks; whole numbers, so the order does not count."""

    def __init__(self) -> None:
        """Begin with no chunk."""
        self.counts: np.ndarray = np.zeros((), np.int64)

    def add(self, counts: np.ndarray | None) -> None:
        """Add the histograms of one chunk, where it has any."""
        if counts is not None:
            self.counts = self.counts + counts

    def add_part(self, path: Path) -> None:
        """Add the histograms of a part on disk."""
        with np.load(path) as part:
            self.add(part["counts"])


def write_fans(path: Path, manifest: Manifest, counts: np.ndarray) -> str:
    """Write the histograms of all runs, labelled; returns the SHA-256."""
    series = manifest["series"]
    data = xr.Dataset(
        {
            "counts": (("arm", "series", "week", "bin"), counts, {"long_name": "runs whose value lies in the bin"}),
            "low": ("series", [entry["low"] for entry in series], {"long_name": "lower end of the first bin"}),
            "high": ("series", [entry["high"] for entry in series], {"long_name": "upper end of the last bin"}),
        },
        coords=_labels(manifest) | {"bin": np.arange(counts.shape[-1])},
        attrs=_attributes(manifest),
    )
    return _write(path, data, {"counts": {"zlib": True, "complevel": 4}})


def write_trajectories(path: Path, manifest: Manifest, folder: Path, done: Sequence[int]) -> str:
    """Write the trajectories of the first runs of a study, labelled; returns the SHA-256."""
    kept, runs = [], []
    for chunk in done:
        if chunk * CHUNK < SAMPLE_RUNS:
            kept.append(np.load(folder / sample_part(chunk), mmap_mode="r"))
            runs.append(chunk * CHUNK + np.arange(kept[-1].shape[-1]))
    values = ("arm", "series", "week", "run"), np.concatenate(kept, axis=-1), {"long_name": "value in the run"}
    coords = _labels(manifest) | {"run": np.concatenate(runs)}
    return _write(path, xr.Dataset({"value": values}, coords=coords, attrs=_attributes(manifest)), {})


def _labels(manifest: Manifest) -> dict[str, Any]:
    return {
        "arm": manifest["arms"],
        "series": [entry["name"] for entry in manifest["series"]],
        "unit": ("series", [entry["unit"] for entry in manifest["series"]]),
        "week": ("week", manifest["times"], {"long_name": "weeks since the start"}),
        "date": ("week", dates(manifest)),
    }


def _attributes(manifest: Manifest) -> dict[str, Any]:
    return {key: manifest[key] for key in ("scenario", "hash", "title", "start", "seed", "model")}


def _write(path: Path, data: xr.Dataset, encoding: dict[str, dict[str, Any]]) -> str:
    whole_days = {"date": {"units": "days since 1970-01-01", "dtype": "int64"}}
    return write(path, lambda unfinished: data.to_netcdf(unfinished, engine="h5netcdf", encoding=encoding | whole_days))
