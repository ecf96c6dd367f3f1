"""What is asked of JAX before it starts: a host device a core, one width of vectors, a cache for compiled code."""

from __future__ import annotations

import os
from pathlib import Path


def use_all_cores() -> None:
    """Ask for them, whoever imports the package first; what has been set stands.

    The width of vectors decides last digits, so commands, notebooks and pages must not differ in it.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    flags = os.environ.get("XLA_FLAGS", "")
    if "host_platform_device_count" not in flags:
        flags += f" --xla_force_host_platform_device_count={cores}"
    if "prefer_vector_width" not in flags:
        flags += " --xla_cpu_prefer_vector_width=512"
    os.environ["XLA_FLAGS"] = flags.strip()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "westphalia"
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(cache))
