"""What ``westphalia talks`` prints for people of a scenario: its table, its real texts, its conditions, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from westphalia.report import seats
from westphalia.report.table_words import SOLUTIONS, chance, exact, percent, two
from westphalia.report.terminal import table

POINTS = 5
"""Of distances the nearest and farthest so many are shown."""
LATEST = 6
"""The best steps of so many of the latest sheets are shown."""
AFTER = "*"
"""Marks a text that is younger than the start."""


def surveyed(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia talks`` for a scenario."""
    parts = [f"{found['scenario']}, the table at {found['start']}: the two sides at the middle of the assumptions"]
    parts.append(exact(found))
    if found["sheets"] or found["theory"]:
        parts.append(_sheets(found))
    if found["sheets"]:
        parts += [_steps(found), _nearest(found["distances"])]
    parts += [_conditions(found["conditions"]), _readings(found["readings"]), _by_issue(found["readings"])]
    if found["accounts"]:
        parts += [_accounts(found["accounts"]), found["accounts"]["caveat"]]
    return "\n\n".join(parts)


def _sheets(found: Mapping[str, Any]) -> str:
    """Utility, chance of a yes and who blocks over what, for the first two players of each sheet and for all together.

    The texts that theories name come after the real ones.
    """
    sheets, rows = [*found["sheets"], *found["theory"]], []
    first, second = list(sheets[0]["players"])[:2]
    for sheet in sheets:
        cells = [
            part
            for name in (first, second)
            for part in (_range(sheet["players"][name]["utility"]), chance(sheet["players"][name]["accepts"]))
        ]
        blocks = (_blocks(found, sheet, key) for key in ("blocks", "blocks_apart_from_leaders"))
        date = f"{sheet['date']}{AFTER if sheet['after_start'] else ''}"
        rows.append((_named(sheet), date if sheet["author"] else "", *cells, *blocks, chance(sheet["signed"])))
    sides = [seats.player(name, found["labels"]) for name in (first, second)]
    head = ("sheet", "date", sides[0], "yes, %", sides[1], "yes, %")
    head += ("blocks most (lacks most on)", "apart from leaders (lacks most on)", "all, %")
    told = (
        f"term sheets, and the texts that theories name, over {found['draws']:,} draws of the assumptions: utility "
        "(5-50-95 %) and chance of a yes at the start of the scenario; conditional on the model, no forecast"
    )
    marked = any(sheet["after_start"] for sheet in found["sheets"])
    note = f"\n{AFTER} after the start of the scenario: nobody at the table knew it" if marked else ""
    return f"{told}\n{table(head, rows, words=2, width=220)}{note}"


def detailed(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia talks --sheet``: what every player makes of one text, and how each clause is coded."""
    sheet = found["sheet"]
    rows = [
        (
            seats.player(name, found["labels"]),
            _range(of["utility"]),
            chance(of["accepts"]),
            percent(sheet["blocks"][name]),
            f"{of['lacks_most']} ({two(max(of['lacks'].values()))})" if of["lacks_most"] else "nothing",
        )
        for name, of in sheet["players"].items()
    ]
    head = ("who must say yes", "utility, 5-50-95 %", "yes, %", "blocks, %", "lacks most on (utility)")
    told = (
        f"{_named(sheet)}: {sheet['title']}, {sheet['date']}\n{found['scenario']} at {found['start']}, "
        f"{found['draws']:,} draws of the assumptions; all would sign in {chance(sheet['signed'])} %; conditional on "
        "the model, no forecast"
    )
    clauses = [_clause(of, sheet["clauses"].get(issue)) for issue, of in found["options"].items()]
    coded = table(("issue", "coded as", "fair coders", "certainty"), clauses, words=4, width=160)
    return f"{told}\n\n{table(head, rows, width=160)}\n\n{coded}"


def _clause(issue: Mapping[str, Any], cell: Mapping[str, Any] | None) -> tuple[str, ...]:
    if cell is None:
        return issue["label"], "open", "", ""
    low, high = cell["low"], cell["high"]
    coders = "no other" if low == high else f"options {low} to {high} of {len(issue['options'])}"
    return issue["label"], issue["options"][cell["option"] - 1], coders, cell.get("certainty", "")


def _named(sheet: Mapping[str, Any]) -> str:
    """A real sheet by its key, a text of theory by all who name it."""
    return sheet["sheet"] if sheet["author"] else "; ".join(SOLUTIONS[name] for name in sheet["sheet"].split("+"))


def _blocks(found: Mapping[str, Any], sheet: Mapping[str, Any], key: str) -> str:
    """Who blocks most and over which issue; nobody where no one is likelier to refuse than to agree in any draw."""
    shares = sheet[key]
    most = max(shares, key=lambda name: shares[name], default=None)
    if most is None or shares[most] <= 0.0:
        return "nobody"
    of = sheet["players"][most]
    over = f" ({max(of['lacks'], key=of['lacks'].get)})" if of["lacks_most"] else ""
    return f"{seats.player(most, found['labels'])}{over}"


def _steps(found: Mapping[str, Any]) -> str:
    """The best steps from the latest sheets that harm neither side."""
    latest = sorted(found["sheets"], key=lambda sheet: sheet["date"])[-LATEST:]
    rows = []
    for sheet in latest:
        step = sheet["step"]
        gains = [f"{gain:+.2f}" for gain in step["gains"].values()] if step else ["-", "-"]
        moves = _moves(step["moves"]) if step else "none: no text is better for one side"
        far = [sheet["short_of"].get(name) for name in ("frontier", "nash")]
        rows.append((sheet["sheet"], moves, *gains, *map(_or_none, far)))
    head = ("latest sheet", "issues that move in the best step that harms neither side", *found["parties"])
    told = "distances and gains in utility; those of all sheets, and to each solution, are in --json"
    return f"{table((*head, 'to frontier', 'to Nash'), rows, words=2, width=160)}\n{told}"


def _or_none(value: float | None) -> str:
    return "-" if value is None else two(value)


def _moves(moves: list[Mapping[str, Any]]) -> str:
    moved = [one["issue"] for one in moves if one["from"] is not None]
    open_ones = len(moves) - len(moved)
    told = "; ".join(moved) or "none"
    return f"{told} (and {open_ones} open clauses are filled)" if open_ones else told


def _nearest(distances: list[Mapping[str, Any]]) -> str:
    def row(one: Mapping[str, Any]) -> tuple[str, ...]:
        coders = "-".join(map(two, one["coders"]))
        return " - ".join(one["sheets"]), two(one["distance"]), coders, str(one["issues"])

    shown = [one for one in distances if one["issues"] >= POINTS]
    rows = [row(one) for one in (*shown[:POINTS], *shown[-POINTS:])]
    head = ("nearest and farthest texts that share five issues", "distance", "for fair coders, 90 %", "issues")
    return table(head, rows)


def _conditions(found: Mapping[str, Any]) -> str:
    """Whether there is anything to share at the start, and whether a shift of power rules out every deal."""
    deals, shift = found["range"], found["shift"]
    lines = [
        "two conditions of theory at the start, over the draws of the assumptions (5-50-95 %)",
        f"  Fearon: some split is better for both than war in {percent(deals['open'])} %; optimism "
        f"{_range(deals['optimism'])}, costs of fighting on {_range(deals['costs'])} of what is at stake",
    ]
    if not any(shift["rises"].values()):
        return "\n".join((*lines, "  Powell: a truce is expected to shift no power"))
    rises = " and ".join(f"{name} in {percent(share)} %" for name, share in shift["rises"].items())
    ruled_out = ", ".join(f"{chance(share)} % at {factor}" for factor, share in shift["no_deal_holds"].items())
    lines += [
        f"  Powell: a truce lets {rises} of the draws rise, by {_range(shift['by'])} of a chance of victory;",
        f"  that rules out every deal in {ruled_out} (discount factor until the shift is over)",
    ]
    return "\n".join(lines)


def _readings(found: Mapping[str, Any]) -> str:
    rows = []
    for name, of in found.items():
        pair = of["pairs"][0]
        rows.append(
            (
                name,
                percent(pair["disagreement"]),
                percent(pair["total_variation"]),
                percent(_mean(of, "text_error")),
                two(_mean(of, "bits")),
                two(_mean(of, "contraction")),
                percent(_mean(of, "comes_back")),
                f"{of['flattered']:+.2f}",
                percent(pair["alike"]),
                percent(of["all_alike"]),
                str(of["hops_apart"]),
                "-" if of["error_allowed"] is None else f"{100 * of['error_allowed']:.2g}",
            )
        )
    head = ("protocol", "sides differ, %", "by bias, %", "text misread, %", "bits an issue", "contraction")
    head += (
        "comes back right, %",
        "sum as read",
        "all issues alike, %",
        "all parties, %",
        "hops between",
        "error for 90 %, %",
    )
    told = "how one text would be read: share of issues on which the two sides differ, and what of it is systematic"
    note = (
        "comes back right: a clause told on and back through the same hands, each hop erring as on the way out; sum\n"
        "as read: how much more utility the two sides together read into a text than it gives; error for 90 %: what a\n"
        "hop may get wrong evenly if the sides shall read all issues alike nine times in ten; - where all hold one text"
    )
    return f"{told}\n{table(head, rows, words=1, width=200)}\n{note}"


def _by_issue(found: Mapping[str, Any]) -> str:
    """How often the two sides read each issue differently, by protocol."""
    issues = next(iter(found.values()))["pairs"][0]["by_issue"]
    rows = [
        (issue, *(percent(of["pairs"][0]["by_issue"][issue]["disagreement"]) for of in found.values()))
        for issue in issues
    ]
    note = "for every pair of parties, with what is systematic and what it costs, in --json"
    return f"{table(('sides differ, %, on', *found), rows, width=160)}\n{note}"


def _mean(of: Mapping[str, Any], measure: str) -> float:
    """The mean of a measure over issues and parties."""
    values = [value for issue in of["per_issue"].values() for value in issue[measure].values()]
    return sum(values) / len(values)


def _accounts(found: Mapping[str, Any]) -> str:
    rows = [("all", found["all"])] + list(found["by_medium"].items())
    rows += [(" and ".join(one["parties"]), one) for one in found["by_parties"]]
    rows += [(f"on {issue}", one) for issue, one in found["by_issue"].items()]
    cells = [
        (
            name,
            str(of["pairs"]),
            str(of["events"]),
            percent(of["differ"]),
            f"{percent(of['differ_range'][0])}-{percent(of['differ_range'][1])}",
            two(of["mean_gap"]),
        )
        for name, of in rows
    ]
    head = ("accounts of one exchange", "pairs", "events", "differ, %", "90 %", "mean gap")
    return "\n".join((table(head, cells), *_directions(found["directions"])))


def _directions(found: list[Mapping[str, Any]]) -> Iterator[str]:
    """Which way accounts lie, for every teller: by its own end where it has one."""
    for one in found:
        own = one["own_end"]
        if own is None:
            pairs = one["toward_first"] + one["toward_last"] + one["same"]
            told = f"{one['toward_first']} are told nearer the first option, {one['toward_last']} nearer the last"
        else:
            pairs = own["nearer"] + own["farther"] + own["same"]
            told = f"{own['nearer']} are told nearer the teller's own end, {own['farther']} farther from it"
        alike = one["same"] if own is None else own["same"]
        yield f"  {one['teller']} against {one['other']}: of {pairs} clauses {told}, {alike} alike"


def _range(band: Mapping[str, float]) -> str:
    return f"{band['q05']:.2f} {band['q50']:.2f} {band['q95']:.2f}"
