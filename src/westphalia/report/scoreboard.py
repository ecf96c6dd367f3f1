"""The scoreboard as a page in Markdown: failures stand beside successes, each with its figure."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from westphalia.report import score_words
from westphalia.report.calibration_words import LEARNT, covered
from westphalia.report.record_words import (
    MILESTONES,
    MODES,
    SCORES,
    STATEMENTS,
    by_war,
    head,
    inside,
    milestone,
    of_fold,
    score,
    short,
    statement,
    tally,
)

FILE = Path(__file__).with_name("scoreboard.json")
"""The scoreboard of this version, for briefs."""
OTHERS = {
    "Sign tests of war and talks": "signs.md",
    "Structural tests": "structure.md",
    "Beliefs of the sides against the simulator": "beliefs.md",
    "Mediation, seen and given": "mediation.md",
    "Drawn wars, every line": "generic.md",
    "Speed": "../benchmarks/RESULTS.md",
}
Found = Mapping[str, Any]


@functools.cache
def shipped() -> dict[str, Any] | None:
    """The scoreboard that came with this version; none where it was not made yet."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else None


def page(found: Found) -> str:
    """The whole page."""
    parts = [
        HEAD.format(**{key: found[key] for key in ("version", "date", "runs", "seed")}),
        "## In short",
        "\n".join(f"* {line}" for line in summary(found)),
        "## Patterns of wars",
        _table(PATTERNS, (_pattern(found, each) for each in found["patterns"])),
        "## Tests of the equations and of beliefs",
        *_tallies(found["tallies"]),
        "## Statements of the library",
        *_statements(found),
        "## Milestones of the library",
        DAYS,
        *_milestones(found),
        "## Forecasts beside naive ones",
        FORECASTS.format(modes=MODES),
        *(part for fold in found["folds"] for part in _fold(fold, found["scores"])),
        "## Drawn wars against base rates",
        *_drawn(found.get("drawn_wars")),
        "## Published results, run anew",
        _table(("result", "published", "here"), map(_published, found["published"])),
        "## Rules of bargaining on decisions with known outcomes",
        *_decisions(found["decisions"]),
        "## Where the engine strains",
        STRAINS,
        "\n".join(f"* `{each['case']}`: {each['what']}. {each['why']}" for each in found["misfits"]) or "None.",
        "## Elsewhere",
        "\n".join(f"* [{title}]({file})" for title, file in OTHERS.items()),
    ]
    return "\n\n".join(parts) + "\n"


def summary(found: Found) -> list[str]:
    """The scoreboard in a few sentences."""
    told = [f"Statements: {tally(found['cases'])}."]
    wars = {case["case"] for case in found["cases"]}
    whole = [war for war in sorted(wars) if all(case["passed"] for case in _tested(found, war))]
    told.append(f"Wars of which every tested statement is met: {len(whole)} of {len(wars)} ({_listed(whole)}).")
    told.append(f"Milestones: {inside(found['milestones'])}.")
    tested = [each for each in found["patterns"] if each["shown"] is not None]
    shown = [each for each in tested if each["shown"]]
    unsure = sum(not _is_sure(found, each) for each in shown)
    told.append(
        f"Patterns shown by some war of the library: {len(shown)} of {len(tested)} ({unsure} of them within error of a "
        "bound)."
    )
    told += [f"{row['test']}: {row['passed']} of {row['of']}." for row in found.get("tallies", ())]
    for fold in (fold for fold in found["folds"] if fold["scored"]):
        less = ", one mechanism less" if fold["without"] else ""
        told.append(f"Hindcasts of `{fold['case']}` {fold['fold']}{less}: {beaten(of_fold(fold, found['scores']))}")
    if drawn := found.get("drawn_wars"):
        whole_of = drawn["whole"]
        verdict = "passes" if whole_of["passes"] else "does not pass"
        told.append(
            f"Drawn wars: the ensemble {verdict}; {whole_of['green']} lines green, {whole_of['amber']} amber, "
            f"{whole_of['red']} red."
        )
    if decisions := found.get("decisions"):
        yardstick = decisions["yardsticks"][0]
        better = sum(rule["against"][yardstick]["high"] < 0 for rule in decisions["rules"])
        told.append(
            f"Rules of bargaining on known decisions: {better} of {len(decisions['rules'])} beat the {yardstick}."
        )
    return told


def beaten(rows: Iterable[Found]) -> str:
    """How many scores beat the best naive forecast, by forecaster."""
    by_forecaster: dict[str, list[Found]] = {}
    for row in rows:
        by_forecaster.setdefault(row["forecaster"], []).append(row)
    told = [
        f"{name} {sum(row['difference'] < 0 for row in own)} of {len(own)} "
        f"({sum(row['difference'] < -2 * row['difference_se'] for row in own)} beyond error)"
        for name, own in by_forecaster.items()
    ]
    return f"better than the best naive rule: {'; '.join(told)}."


def _tested(found: Found, war: str) -> list[Found]:
    return [case for case in found["cases"] if case["case"] == war and case["passed"] is not None]


def _statements(found: Found) -> list[str]:
    parts = []
    for war, rows in by_war(found["cases"]).items():
        parts += [f"### {war}", f"{tally(rows)}.", _table(STATEMENTS, map(statement, rows))]
    return parts


def _milestones(found: Found) -> list[str]:
    parts = []
    for war, rows in by_war(found["milestones"]).items():
        parts += [f"### Days of {war}", f"{inside(rows)}.", _table(MILESTONES, map(milestone, rows))]
    return parts


def _pattern(found: Found, each: Found) -> tuple[str, ...]:
    wars = "; ".join(f"{war['case']} {war['met']} of {war['tested']}" for war in each["wars"])
    shown = {True: "yes", False: "**no**", None: "not tested"}[each["shown"]]
    unsure = ", within error" if each["shown"] and not _is_sure(found, each) else ""
    return str(each["number"]), each["title"], each["seen_in"], wars or "no scenario", shown + unsure


def _is_sure(found: Found, each: Found) -> bool:
    """Whether some war shows the pattern with no statement of it within error of a bound."""
    of_war = [
        [case for case in _tested(found, war["case"]) if case["pattern"] == each["number"]] for war in each["wars"]
    ]
    return any(all(case["passed"] and case["sure"] for case in cases) for cases in of_war)


def _tallies(rows: Sequence[Found]) -> list[str]:
    if not rows:
        return ["No page of tests lies where this was made."]
    head = ("what", "passed", "of", "not passed", "page", "made")
    return [
        TALLIES,
        _table(
            head,
            (
                (row["test"], str(row["passed"]), str(row["of"]), _listed(row["failing"]))
                + (f"[{row['page']}]({row['page']})", f"{row['version']}, {row['date']}")
                for row in rows
            ),
        ),
    ]


def _decisions(found: Found | None) -> list[str]:
    if found is None:
        return ["Not made in this call: the data are others' and not here; see `westphalia evidence --help`."]
    return [
        DECISIONS.format(counted=score_words.counted(found)),
        _table(score_words.head(found), score_words.cells(found)),
        ". ".join(part[0].upper() + part[1:] for part in score_words.read_so(found)) + ".",
    ]


def _fold(fold: Found, scores: Sequence[Found]) -> list[str]:
    title = f"### {fold['case']}, {fold['fold']}" + (", one mechanism less" if fold["without"] else "")
    if not fold["scored"]:
        return [title, f"{head(fold)}. Not scored: no later month is in the record."]
    learnt = sum(each["contraction"] >= LEARNT for each in fold["parameters"])
    edge = ", ".join(f"`{path}`" for path in fold["at_an_edge"]) or "none"
    calibration = (
        f"Calibration: {learnt} of {len(fold['parameters'])} numbers informed (contraction of {LEARNT:g} or more); at "
        f"an edge of their range: {edge}. {covered(fold['coverage'])}"
    )
    rows = of_fold(fold, scores)
    return [title, f"{head(fold)}. {calibration}", _table(SCORES, map(score, rows)), *_naive(rows)]


def _naive(rows: Sequence[Found]) -> list[str]:
    """The CRPS of every naive forecast, by series and mode, beside the calibrated model's own."""
    own = [row for row in rows if row["forecaster"] == "calibrated"]
    names = list(dict.fromkeys(name for row in own for name in row["baselines"]))
    cells = (
        (row["target"], row["mode"], short(row["crps"]))
        + tuple(short(row["baselines"][name]) if name in row["baselines"] else "" for name in names)
        for row in own
    )
    return ["CRPS of every naive forecast:", _table(("series", "mode", "calibrated", *names), cells)] if own else []


def _drawn(found: Found | None) -> list[str]:
    if found is None:
        return ["Not made in this call."]
    rows = [
        (name, line["statistic"], str(line["empirical"]), f"{line['simulated']:.3g}", line["verdict"])
        for name, line in found["lines"].items()
        if line["verdict"] == "red"
    ]
    head = (
        f"{found['runs']:,} drawn wars, of which {found['kept']:,} count. Red lines; all lines with definition, n and"
    )
    return [
        f"{head} source stand in [generic.md](generic.md).",
        _table(("id", "statistic", "empirical", "simulated", "verdict"), rows),
    ]


def _published(each: Found) -> tuple[str, ...]:
    return each["what"], f"{each['published']:g}", f"{each['here']:.4g}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


HEAD = """\
# The model against the record

Made by `make evidence` with version {version} on {date}; {runs} runs an arm, seed {seed}. Statements and their bounds
come from fact sheets that were written before the scenarios; priors were committed before they were scored; what misses
stands as it is. Where an input was changed after a first look at runs, the scenario's README says so. How the model
does on the past bounds what it may say of the future. ± is half of a 95 % interval."""

PATTERNS = ("", "pattern", "known from", "statements met here", "shown")

TALLIES = """\
Known failures, each with its reason on its page. Signs and structure ask whether the equations move as they should,
beliefs whether the sides' expectations come true in the simulator; none of them asks whether the world is so."""

DECISIONS = """\
{counted}, on a copy of the DEU data (decisions of the European Union, Thomson and others), which are not in this
project. The same solutions of a table as in `westphalia talks`, held against what was decided."""

STRAINS = "Numbers outside their studied range and mechanisms that are missing, found when the scenarios were written."

DAYS = """\
Single values that the record has for a day, beside all ranges as they stand. Of a good forecast's intervals 80 % hold;
place is the share of runs below the recorded value; skill is 1 less the CRPS over that of a forecast by the level at
the start, of levels alone. The values were known when the scenarios were written and some informed a range, so they
show where the model strains more than what it foresees."""

FORECASTS = """\
{modes}. CRPS, in the unit of the series. The best naive forecast is chosen with knowledge of the scores. Months that
were known to those who shaped the equations show the method; later months, by `westphalia hindcast SCENARIO --data
FILE`, are the test."""
