import pandas as pd
import pytest

from westphalia import refs
from westphalia.report import charts, contents
from westphalia.report import map as maps
from westphalia.report.facts import gather
from westphalia.report.figures import basis, fronts, outcomes, series
from westphalia.report.page import still_svg
from westphalia.report.tex import plain
from westphalia.scenario.load import library, load


def all_figures(facts):
    data = contents.assumptions(facts.scenario, facts.drawn)
    parts = [*outcomes.outcome_figures(facts), *outcomes.duration_figures(facts), *outcomes.event_figures(facts)]
    parts += [figure for figures in series.fan_figures(facts).values() for figure in figures]
    parts += [*fronts.front_figures(facts), *basis.assumption_figures(data)]
    return [*parts, *basis.association_figures(facts, data, facts.leading)]


@pytest.mark.parametrize("which", ["facts", "facts_with_levers"])
def test_every_chart_has_a_description_and_every_figure_a_table(which, request):
    figures = all_figures(request.getfixturevalue(which))
    assert len({figure.key for figure in figures}) == len(figures) > 10
    for figure in figures:
        assert figure.title
        assert figure.table.rows
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
        for panel in figure.panels:
            spec = panel.chart.to_dict()  # validates against the schema of Vega-Lite
            assert len(spec["description"]) > 20


def test_panels_of_sides_are_named_and_share_their_scale(facts):
    figure = next(f for f in series.fan_figures(facts)["Forces and losses"] if f.key == "fan-force")
    assert [panel.name for panel in figure.panels] == ["North", "South"]
    ends = {str(panel.chart.to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]) for panel in figure.panels}
    assert len(ends) == 1


def test_levers_get_lines_told_apart_by_dashes(facts_with_levers):
    figure = next(f for f in series.fan_figures(facts_with_levers)["Forces and losses"] if f.key == "fan-force")
    assert len({key.dash for key in figure.legend}) == len(figure.legend) == 3


def test_the_assumption_that_decides_is_told(facts):
    data = contents.assumptions(facts.scenario, facts.drawn)
    found = basis.associated(facts, data, "frozen war")
    assert found["name"].tolist() == ["laws.aid.stake"]


def test_drawn_numbers_are_those_of_the_study(facts):
    data = contents.assumptions(facts.scenario, facts.drawn)
    assert data.loc[data["drawn"], "path"].tolist() == ["laws.aid.stake", "laws.aid.prize"]


@pytest.mark.parametrize("name", ["duel", "ukraine", "iwo-jima"])
def test_all_drawn_numbers_of_a_scenario_have_title_unit_and_status(name):
    data = contents.assumptions(load(name).scenario)
    assert data["path"].is_unique
    assert (data["title"] != "").all()
    assert set(data["status"]) <= set(contents.STATUSES)


def test_laws_in_use_are_told_with_status():
    laws = contents.laws(load("duel").scenario)
    assert [law.family for law in laws][:2] == ["aid", "materiel"]
    assert all(law.summary and law.status != "not stated" for law in laws)


def test_a_war_without_talks_uses_none_of_their_laws():
    families = {law.family for law in contents.laws(load("iwo-jima").scenario)}
    assert {"messages", "bargaining", "durability"} & families == set()
    assert {"messages", "bargaining", "durability"} <= {law.family for law in contents.laws(load("duel").scenario)}


def test_the_map_has_the_regions_of_every_front():
    scenario, geometry = load("ukraine").scenario, maps.read(library() / "ukraine" / "regions.geojson")
    drawn = {feature["properties"]["name"] for feature in geometry["features"]}
    named = {region for front in scenario.fronts.values() for region in front.regions}
    assert named - drawn <= {"Kyiv City"}  # counted with the region around it
    assert all(set(front.regions) & drawn for front in scenario.fronts.values())


def test_the_geometry_is_small_and_says_nothing_of_sovereigns():
    file = library() / "ukraine" / "regions.geojson"
    assert file.stat().st_size < 80_000
    columns = {key for feature in maps.read(file)["features"] for key in feature["properties"]}
    assert columns == {"name", "held_constant", "claimed_by_both_since"}


def test_what_is_held_constant_is_hatched_and_takes_no_colour():
    geometry = maps.read(library() / "ukraine" / "regions.geojson")
    row = {"region": ["Sumy"], "front": ["Sumy"], "change": [4.0], "text": ["+4 km"], "short": ["+4 km"]}
    chart = maps.regions(geometry, maps.pd.DataFrame(row), "A map for a test.", ends=("one", "other")).to_dict()
    rest, coloured, hatching = chart["layer"][:3]
    names = [feature["properties"]["region"] for feature in rest["data"]["values"]]
    assert "Crimea" in names
    assert [feature["properties"]["region"] for feature in coloured["data"]["values"]] == ["Sumy"]
    assert len(hatching["data"]["values"][0]["geometry"]["coordinates"]) > 10


def stilled(study, **values):
    """The same study with some series at one value in all runs."""
    manifest, runs, fans, kept = (
        study.manifest,
        study.runs().copy(),
        study.fans().copy(deep=True),
        study.sample().copy(deep=True),
    )
    for kind, value in values.items():
        for name in (entry["name"] for entry in manifest["series"] if entry["name"].startswith(kind)):
            runs[name] = value
            kept["value"].loc[{"series": name}] = value
    return type(study)(manifest, runs, fans, kept)


def test_a_constant_is_a_line_and_not_a_fan(study, study_folder):
    found = gather(stilled(study, **{"cohesion[north]": 0.25}), study_folder)
    fan = found.fan("cohesion[north]", ["baseline"])
    assert float(fan.min()) == float(fan.max()) == 0.25
    assert float(found.fan("cohesion[south]", ["baseline"]).std("quantile").min()) > 0.1


def test_what_does_not_move_is_not_drawn_and_that_is_said(study, study_folder):
    found = gather(stilled(study, aid=0.0, position=0.0), study_folder)
    assert "fan-aid" not in {figure.key for figures in series.fan_figures(found).values() for figure in figures}
    assert series.unmoved(found) == "Not drawn, for they keep one value in all runs: Line of contact; Aid that arrives."
    assert fronts.front_figures(found) == []


def test_the_stand_in_for_backers_is_not_drawn(study, study_folder):
    entry = {"name": "will[nobody]", "unit": "share"}
    manifest = study.manifest | {"series": [*study.manifest["series"], entry]}
    found = gather(type(study)(manifest, study.runs(), study.fans(), study.sample()), study_folder)
    assert "nobody" not in found.keys("will")
    assert len(found.keys("will")) == 2


def test_limits_are_what_a_side_runs_out_of(facts):
    limits = next(figure for figure in outcomes.event_figures(facts) if figure.key == "limits")
    assert {row[0] for row in limits.table.rows} <= set(outcomes.LIMITS)
    assert all("below" in event for event in outcomes.LIMITS)


def test_a_long_name_gets_a_line_of_its_own():
    short = {"label": ["a"], "text": ["1 %"], "value": [0.1], "low": [0.0], "high": [0.2]}
    long = short | {"label": ["a name that takes up most of the width of a phone's screen"]}
    one, two = (charts.shares(pd.DataFrame(data), "A chart for a test.").to_dict() for data in (short, long))
    assert two["height"] > one["height"]
    assert {str(layer["mark"]["dy"]) for layer in two["layer"] if layer["mark"]["type"] == "text"} == {"-29", "-14"}


def test_a_still_keeps_the_digits_that_a_reader_sees():
    data = {"label": ["a"], "text": ["+0.19, sourced"], "correlation": [0.19]}
    svg = still_svg(charts.associations(pd.DataFrame(data), "A chart for a test.").to_dict(), "s0")
    assert "+0.19, sourced" in svg


def test_a_driver_is_told_in_words(facts):
    assert facts.place("laws.aid.stake") == "law of aid"
    assert facts.place("laws.materiel.production.north") == "law of materiel, North"
    assert facts.place("sides.north.pool.young") == "North"
    assert facts.place("chance.front") == "chance"


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (r"Schr{\"o}dinger \& \emph{others}", "Schrödinger & others"),
        (r"{\v C}apek, Erd\H{o}s, {\O}stby, Fran\c{c}ois, na\"{\i}ve", "Čapek, Erdős, Østby, François, naïve"),
        (r"A Proof: {$L = \lambda W$}, 5\% of 3--4", "A Proof: L = λW, 5% of 3–4"),
    ],
)
def test_latex_becomes_plain_text(tex, told):
    assert plain(tex) == told


def test_no_work_cited_shows_latex():
    rows = contents.bibliography(refs.keys()).rows
    assert len(rows) > 20
    assert not [cell for row in rows for cell in row if set(cell) & set("\\{}$")]
