"""Files for the tests of reading."""

import textwrap

import pytest


@pytest.fixture
def write(tmp_path):
    """Write text to a file and return its path."""

    def _write(text, name="war.yaml"):
        file = tmp_path / name
        file.write_text(textwrap.dedent(text))
        return file

    return _write
