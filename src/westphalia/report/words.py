"""Numbers in words: sensible rounding, an error beside each share, and no sentence that says more than its numbers.

Every sentence is conditional on a model. Sides are named in the order given and by their labels; exchanging the sides
exchanges the labels and nothing else.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from westphalia.report.numbers import Z

DAYS_PER_YEAR = 365.25
FEW_DAYS = 90
PERSONS = "thousand persons"


def percent(share: float) -> str:
    """A share in per cent without its error: ``34 %``, ``0.4 %``; never 0 or 100 unless it is."""
    value = 100 * share
    if 0 < value < 0.1:
        return "below 0.1 %"
    if 99.9 < value < 100:
        return "above 99.9 %"
    return f"{value:.1f} %" if 0 < value < 1.95 or 98.05 < value < 100 else f"{value:.0f} %"


def points(se: float) -> str:
    """Half width of the 95 % interval in percentage points: ``± 1.5``."""
    half = 100 * Z * se
    return "± below 0.1" if half < 0.05 else f"± {half:.1f}" if half < 10 else f"± {half:.0f}"


def share(value: float, se: float, runs: int) -> str:
    """A share with its Monte Carlo error: ``34.2 % (± 1.5)``; a rule of three where no run or every run has it."""
    if math.isnan(se):
        return f"{percent(value)} (one run: no error known)"
    if value <= 0:
        return f"none of {runs:,} (below {_ceiling(runs)} %)"
    if value >= 1:
        return f"all of {runs:,} (above {100 - float(_ceiling(runs)):g} %)"
    digits = 0 if Z * se >= 0.02 else 1
    return f"{100 * value:.{digits}f} % ({points(se)})"


def _ceiling(runs: int) -> str:
    return f"{min(100.0, 300 / runs):.2g}"


def plain(value: float, digits: int = 2) -> str:
    """A number to so many significant digits, with thousands set apart and no exponent."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return f"{rounded:,.{max(0, places)}f}".replace("-", "−")


def persons(thousands: float) -> str:
    """A number of people, given in thousands: ``430``, ``12,000``, ``1.2 million``."""
    if not math.isfinite(thousands):
        return "–"
    count = 1000 * thousands
    if abs(count) < 10:
        return f"{count:.0f}".replace("-0", "0").replace("-", "−")
    return f"{plain(count / 1e6)} million" if abs(count) >= 995_000 else plain(count)


def amount(value: float, unit: str) -> str:
    """A value with its unit, rounded: persons in full, shares with two decimals."""
    if unit == PERSONS:
        return persons(value)
    if unit in {"1", "", "share", "index"}:
        return f"{value:.2f}".replace("-", "−")
    if unit == "km":
        return f"{value:.0f} km".replace("-0 ", "0 ").replace("-", "−")
    return f"{plain(value)} {unit.replace('km2', 'km²')}"


def band(low: float, high: float, unit: str) -> str:
    """A 5-95 % band with its unit once: ``12,000 to 15,000``."""
    first, last = amount(low, unit), amount(high, unit)
    tail = "" if unit == PERSONS else last.removeprefix(last.split(" ")[0])
    return f"{first.removesuffix(tail)} to {last}"


def span(steps: float, days: int = 7) -> str:
    """A length of time in the unit that suits it: days, weeks, months or years."""
    total = steps * days
    if total < 21 or (days == 1 and total <= FEW_DAYS):
        return _count(total, "day")
    if total < 120:
        return _count(total / 7, "week")
    if total < 2 * DAYS_PER_YEAR:
        return _count(total / (DAYS_PER_YEAR / 12), "month")
    years = total / DAYS_PER_YEAR
    return f"{years:.1f} years" if years < 10 and abs(years - round(years)) > 0.04 else f"{years:.0f} years"


def _count(value: float, noun: str) -> str:
    return f"{value:.0f} {noun}{'' if round(value) == 1 else 's'}"


def month(start: dt.date, steps: float, days: int = 7) -> str:
    """The month that lies so many steps after the start; the day where steps are days."""
    when = start + dt.timedelta(days=round(steps * days))
    return f"{when.day} {when:%B %Y}" if days < 7 else f"{when:%B %Y}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def is_clear(first: float, second: float, runs: int) -> bool:
    """Whether the larger of two shares of the same runs is larger beyond its 95 % error."""
    gap = first - second
    return gap > Z * math.sqrt(max(first + second - gap**2, 0.0) / runs)


def ends(ranked: Sequence[tuple[str, float, float]], runs: int) -> str:
    """The most frequent outcomes with their errors.

    Args:
        ranked: Outcome, share and standard error, the largest share first.
        runs: Number of runs.
    """
    reached = [row for row in ranked if row[1] > 0][:3]
    told = [f"“{name}” in {share(value, se, runs)} of runs" for name, value, se in reached]
    if len(reached) == 1:
        return f"In this model every run ended alike: “{reached[0][0]}” in {share(1.0, 0.0, runs)} runs."
    if not is_clear(reached[0][1], reached[1][1], runs):
        return f"In this model no single end stands out: {listed(told)}; the first two cannot be told apart."
    lead = (
        "more than half of the runs end in one way" if reached[0][1] - Z * reached[0][2] > 0.5 else "the most frequent"
    )
    if lead.startswith("more"):
        return f"In this model {lead}, {told[0]}; then come {listed(told[1:])}."
    return f"In this model the most frequent end is {told[0]}; then come {listed(told[1:])}."


def duration(
    going_on: float, se: float, runs: int, weeks: tuple[float, float, float] | None, horizon: str, days: int
) -> str:
    """How long the war lasts after the start of the run.

    Args:
        going_on: Share of runs in which it still goes on at the horizon.
        se: Standard error of that share.
        runs: Number of runs.
        weeks: 5 %, median and 95 % of the steps until the end among the runs that ended; None if none did.
        horizon: The horizon in words.
        days: Days of one step.
    """
    open_end = f"it was still going on after {horizon} in {share(going_on, se, runs)} of runs"
    if weeks is None:
        return f"No run saw the war end: {open_end}."
    low, middle, high = (span(week, days) for week in weeks)
    ended = f"Where the war ended, it did so after {middle} in the median (5–95 %: {low} to {high})"
    return f"{ended}; {open_end}." if going_on > 0 else f"{ended}; it ended within {horizon} in all {runs:,} runs."


def cost(kinds: Mapping[str, Mapping[str, tuple[float, float, float]]]) -> str:
    """The human cost: for each kind of loss and each side the median and the 5-95 % band, in thousand persons.

    Args:
        kinds: By what happened (``dead``), by side's label: 5 %, median, 95 %.
    """
    if not kinds:
        return "This study recorded no human cost; read nothing here as if there were none."
    parts = []
    for kind, by_side in kinds.items():
        told = [f"{label} {persons(mid)} ({band(low, high, PERSONS)})" for label, (low, mid, high) in by_side.items()]
        parts.append(f"{kind}: {listed(told)}")
    return f"The human cost by the end of the run, median (5–95 %): {'; '.join(parts)}."


def condition(drawn: int, assumed: int) -> str:
    """What the answer is conditional on; stands beside every answer."""
    if drawn == 0:
        return "All of this is conditional on one model and on numbers without a range; it is no prophecy."
    rest = f"{assumed:,} of the {drawn:,} ranges that were drawn rest on assumption alone"
    if assumed == 0:
        rest = f"each of the {drawn:,} ranges that were drawn has a source"
    return f"All of this is conditional on one model and its ranges ({rest}); it is no prophecy."


def effect(lever: str, outcome: str, change: float, se: float, runs: int) -> str:
    """What a lever changes in the share of one outcome, paired by run."""
    if abs(change) <= Z * se or change == 0:
        return f"{lever}: no difference in “{outcome}” that these {runs:,} paired runs could tell ({_signed(change)}, {points(se)})."
    verb = "raises" if change > 0 else "lowers"
    return f"{lever}: {verb} the share of “{outcome}” by {abs(100 * change):.1f} points ({points(se)})."


def _signed(change: float) -> str:
    return f"{100 * change:+.1f} points".replace("-", "−")
