"""Numbers in words: sensible rounding, an error beside each share, and no sentence that says more than its numbers.

Every sentence is conditional on a model. Sides are named in the order given and by their labels; exchanging the sides
exchanges the labels and nothing else.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from westphalia.report.numbers import Z

Real = float | int | np.number
Spread = tuple[Real, Real, Real]
"""5 %, median and 95 %."""
NBSP = "\u00a0"
DAYS_PER_YEAR = 365.25
FEW_DAYS = 90
PERSONS = "thousand persons"
PLUS_MINUS = f"± is half of the 95{NBSP}% interval, for the chance in the draws alone."
"""What ± means, here and in a terminal."""


def hundredths(share: Real, sign: str = "") -> str:
    """A share or a difference of shares times hundred, to one decimal: the one rule by which all of them are rounded.

    Args:
        share: The number, 1 for all.
        sign: ``+`` where a gain carries its sign too.
    """
    told = f"{100 * share:{sign}.1f}"
    return f"{abs(float(told)):.1f}" if float(told) == 0 else told.replace("-", "−")


def percent(share: Real) -> str:
    """A share in per cent without its error: ``34.2 %``; never 0 or 100 unless it is."""
    if share in {0, 1}:
        return f"{100 * share:.0f}{NBSP}%"
    if 0 < share < 0.001:
        return f"below{NBSP}0.1{NBSP}%"
    return f"above{NBSP}99.9{NBSP}%" if 0.999 < share < 1 else f"{hundredths(share)}{NBSP}%"


def points(se: Real) -> str:
    """Half width of the 95 % interval in percentage points, from a standard error: ``± 1.5``."""
    told = hundredths(Z * se)
    return f"±{NBSP}{'below 0.1' if told == '0.0' and se > 0 else told}"


def share(value: Real, se: Real, runs: int) -> str:
    """A share with its 95 % interval: ``34.2 % (± 1.5)``; a bound where no run or every run has it."""
    if math.isnan(se):
        return f"{percent(value)} (one run: no error known)"
    if value <= 0:
        return f"none of {runs:,} (below {_ceiling(runs)}{NBSP}%)"
    if value >= 1:
        return f"all of {runs:,} (above {100 - float(_ceiling(runs)):g}{NBSP}%)"
    return f"{percent(value)} ({points(se)})"


def interval(low: Real, high: Real) -> str:
    """The two ends of a 95 % interval of a share: ``30.5 to 36.1 %``."""
    return f"{hundredths(low)} to {hundredths(high)}{NBSP}%"


def _ceiling(runs: int) -> str:
    """The share of which none of so many runs would be seen in one case of twenty, per cent, rounded up."""
    return f"{math.ceil(1000.0 * (1.0 - 0.05 ** (1.0 / runs))) / 10:.1f}"


def plain(value: Real, digits: int = 2) -> str:
    """A number to so many significant digits, with thousands set apart and no exponent."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    rounded = float(f"{value:.{digits - 1}e}")
    places = digits - 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.{max(0, places)}f}".replace("-", "−")


def persons(thousands: Real) -> str:
    """A number of people, given in thousands: ``430``, ``12,000``, ``1.2 million``."""
    if not math.isfinite(thousands):
        return "–"
    count = 1000 * thousands
    if abs(count) < 10:
        return f"{count:.0f}".replace("-0", "0").replace("-", "−")
    return f"{plain(count / 1e6)}{NBSP}million" if abs(count) >= 995_000 else plain(count)


FEW_PEOPLE = 10.0
"""Below so many thousand people are told one by one."""


def scale_of_people(measure: Mapping[str, Any]) -> tuple[float, str]:
    """By how much a measure that counts is multiplied to be told, and its unit: few people are told one by one."""
    is_few = max(abs(measure["none"]), abs(measure["all"])) < FEW_PEOPLE
    return (1000.0, "persons") if measure["unit"] == PERSONS and is_few else (1.0, measure["unit"])


def amount(value: Real, unit: str) -> str:
    """A value with its unit, rounded: persons in full, shares in per cent."""
    if unit == PERSONS:
        return persons(value)
    if unit == "share":
        return percent(value)
    if unit in {"1", "", "index"}:
        return f"{value:.2f}".replace("-", "−")
    if unit == "km":
        return f"{value:,.0f}{NBSP}km".replace("-", "−")
    return f"{plain(value)}{NBSP}{unit.replace('km2', 'km²').replace(' ', NBSP)}"


def spread(low: Real, middle: Real, high: Real, unit: str) -> str:
    """A median with its 5-95 % band, ``12,000 (11,000 to 15,000)``; the median alone where all three read the same."""
    told = amount(middle, unit)
    return told if amount(low, unit) == told == amount(high, unit) else f"{told} ({band(low, high, unit)})"


def band(low: Real, high: Real, unit: str) -> str:
    """A 5-95 % band with its unit once: ``12,000 to 15,000``."""
    first, last = amount(low, unit), amount(high, unit)
    tail = NBSP + last.partition(NBSP)[2] if NBSP in last else ""
    return f"{first.removesuffix(tail)} to {last}"


def span(steps: Real, days: int = 7, like: Real | None = None) -> str:
    """A length of time in the unit that suits it, or that suits ``like``: days, weeks, months or years."""
    total, scale = steps * days, (steps if like is None else like) * days
    if scale < 21 or (days == 1 and scale <= FEW_DAYS):
        return _count(total, "day")
    if scale < 120:
        return _count(total / 7, "week")
    if scale < 2 * DAYS_PER_YEAR:
        return _count(total / (DAYS_PER_YEAR / 12), "month")
    years = float(total / DAYS_PER_YEAR)
    return f"{years:.1f}{NBSP}years" if years < 10 and abs(years - round(years)) > 0.04 else _count(years, "year")


def span_band(low: Real, high: Real, days: int = 7) -> str:
    """Two lengths of time in one unit, named once: ``14 to 52 weeks``."""
    first, last = span(low, days, high), span(high, days, high)
    return f"{_without_unit(first, last)} to {last}"


def _count(value: Real, noun: str) -> str:
    return f"{value:.0f}{NBSP}{noun}{'' if round(float(value)) == 1 else 's'}"


def step_name(days: int) -> str:
    """What one step of so many days is called."""
    return {1: "day", 7: "week"}.get(days, "step")


def by_step(words: str, days: int) -> str:
    """Words or a unit of the model, whose step goes by the name of week, for steps of so many days."""
    return re.sub(r"\bweek(?=s?\b)", step_name(days), words)


def counted(number: int, days: int) -> str:
    """A number of steps: ``260 weeks``, ``36 days``, ``20 steps of 14 days``."""
    told = f"{number:,} {step_name(days)}{'' if number == 1 else 's'}"
    return told if days in {1, 7} else f"{told} of {days} days"


def month(start: dt.date, steps: Real, days: int = 7) -> str:
    """The month that lies so many steps after the start; the day where steps are days."""
    when = start + dt.timedelta(days=round(float(steps) * days))
    return f"{when.day} {when:%B %Y}" if days < 7 else f"{when:%B %Y}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def is_clear(first: Real, second: Real, runs: int) -> bool:
    """Whether the larger of two shares of the same runs is larger beyond its 95 % error."""
    gap = first - second
    return gap > Z * math.sqrt(max(first + second - gap**2, 0.0) / runs)


def ends(
    ranked: Sequence[tuple[str, Real, Real]],
    going_on: tuple[Real, Real],
    runs: int,
    horizon: str,
    broken: bool,
) -> str:
    """How often the war goes on, and the most frequent ends, with their errors.

    Args:
        ranked: Ends with share and standard error, the largest share first.
        going_on: Share of runs that had not ended at the horizon, and its standard error.
        runs: Number of runs.
        horizon: The horizon in words.
        broken: Whether in some of those runs a settlement was signed and broke.
    """
    reached = [row for row in ranked if row[1] > 0][:3]
    still = f"after {horizon}, the war is still going on in {share(*going_on, runs)} of runs"
    still += ", those counted in which a settlement broke" if broken else ""
    if not reached:
        return f"In this model, {still}."
    told = [f"“{name}” in {share(value, se, runs)}" for name, value, se in reached]
    apart = len(reached) == 1 or is_clear(reached[0][1], reached[1][1], runs)
    which = f"the most frequent end is {told[0]}" if apart else f"no end stands out: {listed(told)}"
    rest = f", then {listed(told[1:])}" if apart and told[1:] else "; the first two cannot be told apart" * (not apart)
    if going_on[0] > reached[0][1]:
        return f"In this model, {still}; {which}{rest}."
    after = f"; {still}" if going_on[0] > 0 else ""
    return f"In this model, {which} of runs{rest}{after}."


def duration(weeks: Spread | None, horizon: str, days: int) -> str:
    """How long the war lasted where it ended.

    Args:
        weeks: 5 %, median and 95 % of the steps until the end among the runs that ended; None if none did.
        horizon: The horizon in words.
        days: Days of one step.
    """
    if weeks is None:
        return f"In no run did it end within {horizon}."
    low, middle, high = weeks
    told = f"{span(middle, days, high)} in the median (5–95{NBSP}%: {span_band(low, high, days)})"
    return f"Where it ended, it did so after {told}."


def _without_unit(low: str, high: str) -> str:
    """The lower end without its unit where both have the same."""
    return low.partition(NBSP)[0] if low.rstrip("s").endswith(high.rstrip("s").partition(NBSP)[2]) else low


def cost(kinds: Mapping[str, Mapping[str, Spread]]) -> str:
    """The human cost: for each kind of loss and each side the median and the 5-95 % band, in thousand persons.

    Args:
        kinds: By what happened (``soldiers killed,``), by side's label: 5 %, median, 95 %.
    """
    if not kinds:
        return "This study recorded no human cost; read nothing here as if there were none."
    parts = []
    for kind, by_side in kinds.items():
        told = [f"{label} {spread(*ends, PERSONS)}" for label, ends in by_side.items()]
        parts.append(f"{kind} {listed(told)}")
    return f"The human cost by then, median (5–95{NBSP}% of runs): {'; '.join(parts)}."


def change_of_persons(mean: Real, se: Real) -> str:
    """A mean change in thousand persons with half of its 95 % interval: ``−12,000 (± 3,400)``."""
    sign = "+" if mean > 0 else ""
    return f"{sign}{persons(mean)} (±{NBSP}{persons(Z * se)})"


def condition(drawn: int, assumed: int) -> str:
    """What the answer is conditional on, and what its ± means; stands beside every answer."""
    if drawn == 0:
        return (
            f"All of this is conditional on one model and on numbers without a range; it is no prophecy. {PLUS_MINUS}"
        )
    rest = f"{assumed:,} of the {drawn:,} ranges that were drawn rest on assumption alone"
    if assumed == 0:
        rest = f"each of the {drawn:,} ranges that were drawn has a source"
    return f"All of this is conditional on one model and its ranges ({rest}); it is no prophecy. {PLUS_MINUS}"


def effect(lever: str, outcome: str, change: Real, se: Real, runs: int) -> str:
    """What a lever changes in the share of one outcome, paired by run."""
    if math.isnan(se):
        return f"“{lever}”: one run tells no difference."
    if abs(change) <= Z * se or change == 0:
        found = f"{hundredths(change, '+')} points, {points(se)}"
        return f"“{lever}” makes no difference that {runs:,} paired runs could tell ({found})."
    verb = "raises" if change > 0 else "lowers"
    return f"“{lever}” {verb} the share of “{outcome}” by {hundredths(abs(change))} points ({points(se)})."
