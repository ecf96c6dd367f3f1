"""What is asked of JAX is asked in time, whichever part of the package comes first."""

import os
import subprocess
import sys

import pytest

ASKED = {"XLA_FLAGS", "JAX_COMPILATION_CACHE_DIR"}
TELL = "import os, jax; jax.devices(); print(os.environ['XLA_FLAGS'], jax.config.jax_compilation_cache_dir)"


def told(first, **more):
    """Flags and cache of a new process that imports something first."""
    env = {name: value for name, value in os.environ.items() if name not in ASKED} | more
    done = subprocess.run(
        [sys.executable, "-c", f"{first}; {TELL}"], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    "first",
    [
        "import westphalia",
        "import westphalia.simulate.kernel",
        "import westphalia.api",
        # Its sampler starts JAX as soon as it is imported.
        "import westphalia.analyse.methods.tempering",
    ],
)
def test_a_width_of_vectors_and_a_cache_whatever_is_imported_first(first, tmp_path):
    wanted = ["--xla_cpu_prefer_vector_width=512", str(tmp_path / "westphalia")]
    assert told(first, XDG_CACHE_HOME=str(tmp_path)) == wanted


def test_what_has_been_set_stands():
    flags = "--xla_cpu_prefer_vector_width=256"
    assert told("import westphalia.api", XLA_FLAGS=flags, JAX_COMPILATION_CACHE_DIR="mine") == [flags, "mine"]
