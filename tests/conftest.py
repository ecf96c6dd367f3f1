"""Two host devices before JAX starts, so that every test that simulates also tests the division among devices.

What one worker or command has compiled, the others of the same session take over.
"""

import os
import shutil
import tempfile

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2 --xla_cpu_prefer_vector_width=512"

COMPILED = "JAX_COMPILATION_CACHE_DIR"


def pytest_configure(config):
    """A folder for compiled code, made before workers start and passed on to them."""
    if COMPILED not in os.environ:
        os.environ[COMPILED] = config.compiled = tempfile.mkdtemp(prefix="westphalia-compiled-")


def pytest_unconfigure(config):
    """The folder goes with who made it."""
    if made := getattr(config, "compiled", None):
        shutil.rmtree(made, ignore_errors=True)
