"""The files of a study: written whole or not at all, and known again by their checksum."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from westphalia.errors import BadInput, Fault

try:
    import fcntl
except ImportError:  # no such locks on this system: two writers are then not told apart
    fcntl = None

MANIFEST = "study.json"
SCENARIO = "scenario.json"
FANS = "cubes/fans.nc"
SAMPLE = "cubes/sample.nc"
UNFINISHED = ".tmp"

Manifest = dict[str, Any]
Table = Mapping[str, Mapping[str, np.ndarray]]
"""By arm, then by column, an array over runs."""


def runs_part(chunk: int) -> str:
    """Name of the table of a chunk inside the study's folder."""
    return f"runs/part-{chunk:05d}.parquet"


def cube_part(chunk: int) -> str:
    """Name of the histograms of a chunk inside the study's folder."""
    return f"cubes/part-{chunk:05d}.npz"


def sample_part(chunk: int) -> str:
    """Name of the trajectories of a chunk inside the study's folder."""
    return f"cubes/sample-{chunk:05d}.npy"


def refuse(folder: Path, what: str, remedy: str, path: str = "(study)") -> NoReturn:
    """Refuse to work on a folder.

    Raises:
        BadInput: Always.
    """
    raise BadInput([Fault(str(folder), 1, 1, path, what, remedy)]) from None


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, fill: Callable[[Path], object]) -> str:
    """Write a file under a temporary name with ``fill`` and put it in place; returns its SHA-256."""
    unfinished = path.with_name(path.name + UNFINISHED)
    fill(unfinished)
    made = checksum(unfinished)
    os.replace(unfinished, path)
    return made


def write_json(path: Path, content: object) -> None:
    """Write a JSON file whole or not at all."""
    text = json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n"
    write(path, lambda unfinished: unfinished.write_text(text, encoding="utf-8"))


def write_runs(path: Path, table: Table) -> str:
    """Write one row a run and arm, arm after arm; returns the SHA-256.

    A number that is drawn in one arm only is empty in the others.
    """
    arms = []
    for arm, columns in table.items():
        arrays = {name: pa.array(values) for name, values in columns.items()}
        length = len(next(iter(arrays.values())))
        arms.append(pa.table({"arm": pa.array([arm] * length)} | arrays))
    joined = pa.concat_tables(arms, promote_options="default")
    return write(path, lambda unfinished: pq.write_table(joined, unfinished))


def write_counts(path: Path, counts: np.ndarray) -> str:
    """Write histograms, which are mostly empty bins, compressed; returns the SHA-256."""
    return _write_array(path, lambda file: np.savez_compressed(file, allow_pickle=False, counts=counts))


def write_sample(path: Path, sample: np.ndarray) -> str:
    """Write trajectories as they are, for they hardly shrink and that takes long; returns the SHA-256."""
    return _write_array(path, lambda file: np.save(file, sample, allow_pickle=False))


def _write_array(path: Path, save: Callable[[BinaryIO], None]) -> str:
    def fill(unfinished: Path) -> None:
        with unfinished.open("wb") as file:  # given a name, NumPy would add its own suffix
            save(file)

    return write(path, fill)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a study, or nothing where there is none.

    Raises:
        BadInput: If there is one that cannot be read.
    """
    file = folder / MANIFEST
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        refuse(folder, f"{MANIFEST} cannot be read ({error})", "remove the folder, or give another --out")
    if not isinstance(manifest, dict) or manifest.get("format") != 1:
        refuse(folder, f"{MANIFEST} is not that of a study of this version", "give another --out")
    return manifest


def are_intact(folder: Path, sums: Mapping[str, str]) -> bool:
    """Whether all these files are there and have these SHA-256."""
    return bool(sums) and all((folder / name).is_file() and checksum(folder / name) == sums[name] for name in sums)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Make the folder of a study and hold it against other writers; clear what a killed one left unfinished.

    Raises:
        BadInput: If it cannot be written, or another process is writing it.
    """
    try:
        for part in ("runs", "cubes"):
            (folder / part).mkdir(parents=True, exist_ok=True)
            write(folder / part / "probe", lambda unfinished: unfinished.write_text(""))
            (folder / part / "probe").unlink()
        held = os.open(folder, os.O_RDONLY) if fcntl else None
    except OSError as error:
        refuse(folder, f"cannot be written ({error.strerror})", "give another --out")
    try:
        if held is not None:
            _lock(folder, held)
        for unfinished in folder.rglob(f"*{UNFINISHED}"):
            unfinished.unlink()
        yield
    finally:
        if held is not None:
            os.close(held)


def _lock(folder: Path, held: int) -> None:
    try:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        refuse(folder, "another process is writing this study", "wait for it, or give another --out")
