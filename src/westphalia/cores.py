"""How many cores there are, and what is asked of JAX before it starts: one width of vectors, a cache for programs."""

from __future__ import annotations

import os
from pathlib import Path


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ask() -> None:
    """Ask for it, whoever imports the package first; what has been set stands.

    The width of vectors decides last digits, so commands, notebooks and pages must not differ in it.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if "prefer_vector_width" not in flags:
        os.environ["XLA_FLAGS"] = f"{flags} --xla_cpu_prefer_vector_width=512".strip()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "westphalia"
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(cache))
