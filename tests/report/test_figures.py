import pytest

from westphalia.report import contents
from westphalia.report import map as maps
from westphalia.report.figures import basis, fronts, outcomes, series
from westphalia.scenario.load import library, load


def all_figures(facts):
    data = contents.assumptions(facts.scenario, facts.drawn)
    parts = [*outcomes.outcome_figures(facts), *outcomes.duration_figures(facts), *outcomes.limit_figures(facts)]
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
