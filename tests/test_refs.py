"""The bibliography: every claim of a law leads to an entry, and every entry is whole."""

import re
from pathlib import Path

import pytest

import westphalia
from westphalia import refs
from westphalia.laws import ORDER, laws_of
from westphalia.laws.consent import GartnerSegura, Mueller
from westphalia.laws.materiel import StockFlow

LAWS = [law for family in ORDER for law in laws_of(family).values()]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_key_that_a_law_names_has_an_entry(law):
    assert set(refs.citations([law])) <= set(refs.keys())


def test_every_key_anywhere_in_the_package_has_an_entry():
    """Interfaces and shared modules too, which no law class leads to."""
    texts = [path.read_text(encoding="utf-8") for path in Path(westphalia.__file__).parent.rglob("*.py")]
    named = {key for text in texts for key in re.findall(r"\[([A-Z][A-Za-z]+[0-9]{4}[a-z]?)\]", text)}
    sources = {key for text in texts for key in re.findall(r'source="([A-Z]\w+[0-9]{4})"', text)}
    assert len(named) > 20
    assert named | sources <= set(refs.keys())


def test_every_entry_of_the_file_is_read_once():
    text = (Path(refs.__file__).parent / "refs.bib").read_text(encoding="utf-8")
    assert re.findall(r"@\w+\{([^,\s]+),", text) == refs.keys()
    assert len(set(refs.keys())) == len(refs.keys())


@pytest.mark.parametrize("key", refs.keys())
def test_an_entry_is_whole_and_its_year_is_that_of_its_key(key):
    text = refs.entry(key)
    fields = dict(re.findall(r"^  (\w+) = (.*?),?$", text, re.MULTILINE))
    assert text.count("{") == text.count("}")
    assert {"author", "title", "year"} <= fields.keys()
    assert fields["year"] == f"{{{re.search('[0-9]{4}', key)[0]}}}"
    assert fields.keys() & {"journal", "publisher", "institution", "howpublished"}


def test_citations_come_from_docstrings_and_from_sources_of_numbers():
    assert refs.citations([Mueller]) == ["GartnerSegura1998", "GelpiFeaverReifler2009", "Mueller1973"]
    assert refs.citations([StockFlow]) == ["Oryx2025"]
    assert refs.citations([Mueller, GartnerSegura, StockFlow, Mueller]) == [
        "GartnerSegura1998",
        "GelpiFeaverReifler2009",
        "Mueller1973",
        "Oryx2025",
    ]
    assert refs.citations([]) == []


def test_an_unknown_key_is_named_in_the_error():
    with pytest.raises(KeyError, match="Nobody1900"):
        refs.entry("Nobody1900")


def test_bibtex_gives_each_entry_once_in_the_order_asked_for():
    text = refs.bibtex(["Mueller1973", "Croco2011", "Mueller1973"])
    assert re.findall(r"^@\w+\{(\w+),$", text, re.MULTILINE) == ["Mueller1973", "Croco2011"]
    assert text == f"{refs.entry('Mueller1973')}\n\n{refs.entry('Croco2011')}\n"
    assert refs.bibtex([]) == ""
