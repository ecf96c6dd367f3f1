"""What tests share.

What one worker or command has compiled, the others of the same session take over. Shapes are checked where the
parts are tested. Where whole programs and slow tests run, that would take most of the time and show nothing new.
"""

import importlib
import os
import shutil
import tempfile

import jaxtyping
import pytest

CHECKED = {"laws", "talks", "model", "assemble", "analyse"}
"""Folders of tests in which shapes are checked, but for slow tests."""
COMPILED = "JAX_COMPILATION_CACHE_DIR"


def pytest_configure(config):
    """A folder for compiled code, made before workers start and passed on to them."""
    if COMPILED not in os.environ:
        os.environ[COMPILED] = config.compiled = tempfile.mkdtemp(prefix="westphalia-compiled-")


def pytest_unconfigure(config):
    """The folder goes with who made it."""
    if made := getattr(config, "compiled", None):
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def workplace(tmp_path):
    """The folder in which commands are called; a file whose tests share one puts its own in this place."""
    return tmp_path


@pytest.fixture
def call(capsys, monkeypatch, workplace):
    """Run a command there: exit code, stdout, stderr."""
    cli = importlib.import_module("westphalia.cli")  # now: the package takes the cache as it finds it
    monkeypatch.chdir(workplace)

    def _call(*words):
        with pytest.raises(SystemExit) as left:
            cli.main(words)
        told = capsys.readouterr()
        return left.value.code or 0, told.out, told.err

    return _call


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Checks of shapes on or off for a test and its fixtures."""
    is_checked = (
        CHECKED & set(item.path.relative_to(item.config.rootpath).parts) and item.get_closest_marker("slow") is None
    )
    jaxtyping.config.update("jaxtyping_disable", not is_checked)
    return (yield)
