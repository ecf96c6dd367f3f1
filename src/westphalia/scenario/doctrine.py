"""Doctrines: sixteen numbers by which a side fights and talks, and the named anchors."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from westphalia.scenario.quantity import Block, Number, number

SHARE = "1"


class Mobilisation(Block):
    """When a wave of mobilisation is called, and how large it is."""

    trigger: Number = number("strength over wanted strength at which it is called", SHARE, 0.0, 2.0)
    wave: Number = number("its size as a share of the pool", SHARE, 0.0, 0.5)


class Strikes(Block):
    """What long-range strikes go to; shares of the whole."""

    front: Number = number("the front", SHARE, 0.0, 1.0)
    supply: Number = number("supply", SHARE, 0.0, 1.0)
    economy: Number = number("the war economy", SHARE, 0.0, 1.0)


class Overtures(Block):
    """Offers made in public."""

    rate: Number = number("overtures", "1/week", 0.0, 0.5)
    with_change_of_demands: bool = Field(True, title="whether demands move with them")
    step: Number = number(
        "costly reassuring step that goes with each, 0 none, 1 full",
        SHARE,
        0.0,
        1.0,
        default=0.0,
        validate_default=True,
    )


class Doctrine(Block):
    """The sixteen entries; an entry left out is that of the anchor, then that of the baseline."""

    anchor: str | None = Field(None, title="named doctrine of doctrines.yaml whose entries replace these")
    tempo: Number = number("ceiling of attack intensity", SHARE, 0.0, 1.0)
    tolerance: Number = number("weekly loss at which attack is eased", "1/week", 0.0, 1.0)
    withdrawal: Number = number("weekly loss at which ground is given; 1 is never", "1/week", 0.0, 1.0)
    stop_line: Number | Literal["front"] = Field(
        "front", title="deepest line given up as a share of depth, or that of the fronts"
    )
    reserve: Number = number("share held off the front", SHARE, 0.0, 0.5)
    counter_trigger: Number = number("overextension of the opponent that calls a counter-offensive", SHARE, 0.0, 5.0)
    supply_floor: Number = number("supply above which attack goes on", SHARE, 0.0, 1.0)
    pause: Number = number("pause after an advance", "week", 0.0, 52.0)
    mobilisation: Mobilisation
    stay_behind: Number = number("share of force left before a withdrawal", SHARE, 0.0, 0.2)
    garrison: Number = number("share of garrison need that is posted", SHARE, 0.0, 1.0)
    strikes: Strikes
    opening_demand: Number = number("share of the own ideal above reservation that is asked first", SHARE, 0.0, 1.0)
    concession_rate: Number = number("rate of concession", "1/week", 0.0, 0.5)
    overtures: Overtures
    truce_acceptance: Number = number("whether a bare ceasefire is accepted", SHARE, 0.0, 1.0)
