"""GENIUS files: the reading of GENIUS, every fault with its place, and real domains in exact fractions."""

import functools
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from facts import facts

from westphalia.errors import BadInput
from westphalia.talks import read_folder, statistics, summary
from westphalia.talks.dominance import undominated
from westphalia.talks.importers.tree import read_xml
from westphalia.talks.zone import outcomes

DOMAIN = """<negotiation_template>
<utility_space>
<objective index="0" name="sheet">
<issue index="1" name="Line"><item index="1" value="old"/><item index="2" value="new"/></issue>
<issue index="2" name="Years" type="integer" lowerbound="1" upperbound="3"/>
</objective>
</utility_space>
</negotiation_template>
"""
PROFILE = """<utility_space>
<objective index="0" name="sheet">
<issue index="1" name="Line">
<item index="1" value="old" evaluation="8"/>
<item index="2" value="new" evaluation="2"/>
</issue>
<issue index="2" name="Years" type="integer" lowerbound="1" upperbound="3">
<evaluator ftype="linear" slope="0.75" offset="0.0"/>
</issue>
<weight index="1" value="0.6"/>
<weight index="2" value="0.4"/>
</objective>
<reservation value="0.3"/>
</utility_space>
"""


def folder(path, **files):
    for name, text in {"domain": DOMAIN, "north": PROFILE, "south": PROFILE, **files}.items():
        if text is not None:
            (path / f"{name}.xml").write_text(text, encoding="utf-8")
    return path


def faults(path):
    with pytest.raises(BadInput) as caught:
        read_folder(path)
    return [str(fault) for fault in caught.value.faults]


def test_evaluations_are_divided_by_the_largest_of_their_issue(tmp_path):
    of = read_folder(folder(tmp_path))
    assert of.parties == ("north", "south")
    assert of.issues == {"Line": ("old", "new"), "Years": ("1", "2", "3")}
    np.testing.assert_allclose(of.worth[0][0], [0.6, 0.15])
    np.testing.assert_allclose(of.worth[1][0], [0.0, 0.3, 0.4])
    np.testing.assert_allclose(of.reserve, 0.3)


def test_the_raw_reading_leaves_them_as_they_stand(tmp_path):
    of = read_folder(folder(tmp_path), raw=True)
    np.testing.assert_allclose(of.worth[0][0], [4.8, 1.2])
    np.testing.assert_allclose(of.worth[1][0], [0.0, 0.3, 0.6])
    np.testing.assert_allclose(of.reserve, 1.2)


def test_a_reservation_that_no_text_undercuts_is_lifted_to_the_worst_text(tmp_path):
    without = PROFILE.replace('<reservation value="0.3"/>', "")
    np.testing.assert_allclose(read_folder(folder(tmp_path, north=without)).reserve, [0.15, 0.3])


def test_parties_come_in_the_order_that_the_domain_names_them_else_by_number(tmp_path):
    agents = '<negotiation_template><agent utility_space="dir/south.xml"/><agent utility_space="north.xml"/>'
    of = read_folder(folder(tmp_path, domain=DOMAIN.replace("<negotiation_template>", agents), p10=PROFILE, p9=PROFILE))
    assert of.parties == ("south", "north", "p9", "p10")


def test_what_is_nested_in_an_issue_is_no_option(tmp_path):
    nested = PROFILE.replace("</issue>", '<similarity><item value="old" evaluation="99"/></similarity></issue>', 1)
    np.testing.assert_allclose(read_folder(folder(tmp_path, north=nested)).worth[0], [[0.6, 0.15]] * 2)


def test_files_of_another_kind_are_passed_over(tmp_path):
    assert len(read_folder(folder(tmp_path, other="<solutions/>")).parties) == 2


SCORE, NEW = 'evaluation="8"', '<item index="2" value="new" evaluation="2"/>'
WEIGHT, SLOPE = '<weight index="2" value="0.4"/>', '<evaluator ftype="linear" slope="0.75" offset="0.0"/>'


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("north", SCORE, 'evaluation="many"', ':4:1 issue[1].item[old].evaluation: the text "many" is no number'),
        ("north", SCORE, 'evaluation="nan"', ':4:1 issue[1].item[old].evaluation: the text "nan" is no number'),
        ("north", SCORE, "", ":4:1 issue[1].item[old].evaluation: evaluation is missing; give a finite number"),
        ("north", SCORE, 'evaluation="-1"', ":4:1 issue[1].item[old].evaluation: is below 0"),
        ("north", 'value="new"', 'value="knew"', ':5:1 issue[1].item: the text "knew" is no option of the domain'),
        ("north", 'value="new"', 'value="knew"', 'did you mean "new"?'),
        ("north", NEW, "", ':3:1 issue[1].item: the text "new" is missing'),
        ("north", WEIGHT, "", ':1:1 weight: there is no weight with the index 2; "Years" of the domain needs one'),
        ("north", WEIGHT, '<weight index="b" value="0.4"/>', ':11:1 weight.index: the text "b" is no number'),
        ("north", WEIGHT, '<weight index="2"/>', ":11:1 weight.value: value is missing"),
        ("north", 'reservation value="0.3"', "reservation", ":13:1 reservation.value: value is missing"),
        ("north", SLOPE, "", ":7:1 issue[2].evaluator: there is none"),
        ("north", ' slope="0.75"', "", ":8:1 evaluator.slope: slope is missing"),
        ("north", "</objective>", "<constraint/></objective>", ":12:1 constraint: constraints are not read"),
        ("domain", 'type="integer"', 'type="real"', ":5:1 issue[2]: is of the type real"),
        ("domain", 'lowerbound="1"', 'lowerbound="4"', ":5:1 issue[2]: runs from 4 to 3"),
        ("domain", 'lowerbound="1"', "", ":5:1 issue.lowerbound: lowerbound is missing; give a whole number"),
        ("domain", 'name="Years"', 'name="Line"', ":5:1 issue[2]: has no name of its own"),
        ("domain", 'index="2" name="Years"', 'index="1" name="Years"', ":5:1 issue[1]: repeats the index 1"),
        ("domain", 'value="old"', "", ":4:30 issue[1].item: has no value"),
    ],
)
def test_each_fault_tells_its_place(tmp_path, file, old, new, message):
    text = DOMAIN if file == "domain" else PROFILE
    assert old in text
    found = faults(folder(tmp_path, **{file: text.replace(old, new, 1)}))
    assert any(line.startswith(str(tmp_path / f"{file}.xml:")) and message in line for line in found), found


def test_all_faults_are_told_at_once(tmp_path):
    wrong = PROFILE.replace('evaluation="8"', 'evaluation="x"').replace('value="0.6"', 'value="y"')
    assert len(faults(folder(tmp_path, north=wrong, south=wrong))) == 4


def test_a_folder_needs_one_domain_and_two_profiles(tmp_path):
    assert "is no folder" in faults(tmp_path / "nowhere")[0]
    assert "has 0 domains" in faults(tmp_path)[0]
    assert "has 2 domains" in faults(folder(tmp_path, second=DOMAIN))[0]
    alone = tmp_path / "alone"
    alone.mkdir()
    assert "has 1 profiles" in faults(folder(alone, south=None))[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<utility_space><objective></utility_space>", ":1:29 xml: is not well-formed XML: mismatched tag"),
        ("", ":1:1 xml: is not well-formed XML: no element found"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', " xml: declares a document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', " xml: declares a document type"),
        ("<a>&b;</a>", ":1:4 xml: is not well-formed XML: undefined entity"),
        ("<a>" * 65 + "</a>" * 65, ":1:193 xml: a stands 64 levels deep"),
    ],
)
def test_unsafe_and_broken_files_are_refused(tmp_path, text, message):
    assert any(message in line for line in faults(folder(tmp_path, north=text)))


def domains():
    try:
        return sorted(path.name for path in facts("negotiation", "genius").iterdir() if path.is_dir())
    except pytest.skip.Exception:
        return []


@pytest.fixture(scope="module")
def reference():
    return json.loads(facts("negotiation", "genius", "reference.json").read_text(encoding="utf-8"))


def in_order(of, domain, utilities):
    """Utilities in the order in which the reference names the parties."""
    return [utilities[of.parties.index(Path(profile).stem)] for profile in domain["profiles"]]


@pytest.mark.parametrize("name", domains())
def test_real_domains_have_the_reference_answers(name, reference):
    of, domain = read_folder(facts("negotiation", "genius", name)), reference[name]
    found, right = statistics(of), domain["genius_reading"]
    assert outcomes(of) == domain["outcomes"]
    np.testing.assert_allclose(in_order(of, domain, found.solutions["nash"].utilities), right["nash_utils"])
    welfare = found.solutions["welfare"]
    assert welfare.value == pytest.approx(sum(right["welfare_utils"]))
    lowest = sum(part.min(axis=1) for part in of.worth)
    highest = sum(part.max(axis=1) for part in of.worth)
    np.testing.assert_allclose(in_order(of, domain, lowest), right["util_min"])
    np.testing.assert_allclose(in_order(of, domain, highest), right["util_max"])


@pytest.mark.parametrize("name", domains())
def test_real_domains_have_the_reference_answers_in_the_raw_reading(name, reference):
    of, domain = read_folder(facts("negotiation", "genius", name), raw=True), reference[name]
    found, right = statistics(of), domain["raw_reading"]
    assert found.solutions["kalai_smorodinsky"].value == pytest.approx(right["ks_maxmin_ratio"]["min_ratio"])
    if name == "AMPOvsCity":
        return  # the reference adds an issue of one option, worth 1 to everybody
    for ours, theirs in (("nash", "nash"), ("kalai", "kalai"), ("welfare", "max_welfare")):
        solution = found.solutions[ours]
        tied = [in_order(of, domain, found.stakes.frontier.utilities[:, point]) for point in solution.points]
        assert any(np.allclose(u, answer["utils"]) for u in tied for answer in right[theirs])


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("name", domains())
def test_real_frontiers_are_exact_in_fractions(name, raw):
    """The decimal numbers of the files taken at their word; floats without a tolerance get three of them wrong."""
    of = read_folder(facts("negotiation", "genius", name), raw=raw)
    found = summary(of)
    if found["outcomes"] > 200_000:
        pytest.skip("fractions of two million texts take minutes")
    whole, reserve = fractions(facts("negotiation", "genius", name), of, raw=raw)
    ranks = np.stack([np.unique(-u, return_inverse=True)[1] for u in whole]).astype(float)
    inside = np.all([u >= r for u, r in zip(whole, reserve, strict=True)], axis=0)
    kept, point = undominated(-ranks, np.zeros(len(ranks)))
    kept, point = kept[inside[kept]], point[inside[kept]]
    assert found["rational"] == np.count_nonzero(inside)
    assert found["pareto"]["with_ties"] == len(kept)
    assert found["pareto"]["size"] == len(np.unique(point))


def fractions(path, of, *, raw):
    """Utilities of all texts in whole numbers, party by party, and the reserves in the same units."""
    utilities, reserves = [], []
    for party in of.parties:
        root = read_xml(path / f"{party}.xml")
        weights = {w.attributes["index"]: Fraction(w.attributes["value"]) for w in root.below("weight")}
        issues = {i.attributes["name"]: i for i in root.below("issue")}
        parts = []
        for name, options in of.issues.items():
            known = {i.attributes["value"]: Fraction(i.attributes["evaluation"]) for i in issues[name].named("item")}
            most = max(known.values()) or 1
            weight = weights[issues[name].attributes["index"]] / (1 if raw else most)
            parts.append([weight * known[option] for option in options])
        unit = math.lcm(*(x.denominator for part in parts for x in part))
        whole = [np.array([int(x * unit) for x in part], dtype=object) for part in parts]
        utilities.append(functools.reduce(np.add.outer, whole).reshape(-1))
        level = next((Fraction(r.attributes["value"]) for r in root.below("reservation")), Fraction(0))
        reserves.append(level * unit)
    return utilities, reserves
