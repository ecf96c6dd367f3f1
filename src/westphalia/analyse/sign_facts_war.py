"""The stylised facts of war, F1 to F13."""

from __future__ import annotations

import datetime

from westphalia.analyse.arms import OwnDirection
from westphalia.analyse.interventions import Advanced, AidAllowed, Put, Rising, announced, together
from westphalia.analyse.readings import (
    at_the_end,
    dead_per_week,
    depth_reached,
    enemy_dead_per_week,
    ground_retaken,
    has_collapsed,
    land_lost,
    loss_exchange,
    losses,
    net_advance,
    over_time,
    power,
    stands,
    weeks_to_collapse,
)
from westphalia.analyse.sign_facts import Fact, Metric

DEEP = {f"fronts.{front}.position": OwnDirection(40.0) for front in ("west", "centre", "east")}
NO_STOP_LINE = {
    "fronts.west.stop.{own}": OwnDirection(-120.0),
    "fronts.centre.stop.{own}": OwnDirection(-100.0),
    "fronts.east.stop.{own}": OwnDirection(-120.0),
}
DEPENDENT = {
    "sides.{own}.dependence": 0.8,
    "laws.cohesion.coupling": {"low": 1.5, "high": 3.0},
}
ALL_OUT = {
    "sides.{own}.force.total": 800.0,
    "calendars.posture.{own}": {"points": {datetime.date(2030, 1, 1): [1.0, 1.0, 1.0]}},
    "laws.supply.capacity": 1.6,
    "laws.supply.carrier_range": 250.0,
    "laws.supply.loading_distance": 50.0,
    "laws.supply.railhead_speed": 5.0,
}
"""A side strong enough to outrun its supply, and carriers that reach little."""

EAST = 2
"""Place of the front on the river."""

GIVE_GROUND = Put("world.doctrine.withdrawal", 0.006)

WANT = (
    "Attacking on through want costs more power than the higher tempo brings: supply, and with it strength and "
    "cohesion, recovers only when the attack eases. Besides, any side leaves ground below 0.4 of supply whatever its "
    "doctrine; with that rule out of the way (0.02) the sign still holds in a tenth of the draws only."
)
LESS_TO_RETAKE = "Who does not get farther (row above) leaves less to retake."
MORE_IN_LINE = (
    "Nine draws in ten save losses in the first quarter; later two things cost what was saved. Loss of ground calls up "
    "more people, who stand in the line and fall there, and an enemy who has come far invites a counter-offensive. "
    "Without that call-up the sign holds in 92 % of the draws, without the counter-offensive in 90, without both in 99."
)
PURSUIT = (
    "Who follows leaves his own field works and is attacked outside them; where the line gives slowly (the two draws "
    "in five with the lowest losses) that outweighs the contact that is broken."
)
LOW_BRANCH = (
    "The army does not come back (next row), but restored supply lifts the collapsed state itself, in a third of the "
    "draws by more than the 0.1 that was set as no difference before the test was run."
)

WAR: tuple[Fact, ...] = (
    Fact(
        key="F1",
        sentence="Field works of the defender slow the attacker.",
        size="the other side's field works at the start complete (1) instead of half done (0.5), on every front",
        weeks=13,
        change=Put("state.advance.dig_in", 1.0, "other"),
        metrics=(Metric("net advance, km2 a week", net_advance, -1),),
        source="Dupuy1985",
    ),
    Fact(
        key="F2",
        sentence="The deeper the advance, the less arrives and the weaker the attacker.",
        size="own lines 40 km farther forward on every front, railheads where they were",
        weeks=4,
        change=Advanced(40.0),
        metrics=(
            Metric("supply, mean share", over_time("supply"), -1),
            Metric("combat power at the end", power, -1),
        ),
        source="Boulding1962, VanCreveld1977",
    ),
    Fact(
        key="F3",
        sentence="Who attacks on without supply gets farther, and is thrown back more often.",
        size="the supply below which the own side stops attacking 0.10 instead of 0.35; in both arms it has twice the "
        "force, posture 1 on every front, and carriers reach little and railheads follow slowly (in the duel "
        "as it is supply never comes near the floor, and nothing happens)",
        weeks=104,
        change=Put("world.doctrine.supply_floor", 0.10),
        metrics=(
            Metric("depth reached, km", depth_reached, +1, why=WANT),
            Metric(
                "the other side retakes 10 km or more of what was gained, 0 or 1",
                ground_retaken,
                +1,
                why=LESS_TO_RETAKE,
            ),
        ),
        source="Clausewitz1832",
        setting=ALL_OUT,
    ),
    Fact(
        key="F4",
        sentence="Giving ground sooner spares both sides losses.",
        size="the weekly loss at which the own side leaves a line 0.6 % instead of 5 %; stop lines as they are",
        weeks=52,
        change=GIVE_GROUND,
        metrics=(
            Metric("own killed per week of war, thousand", dead_per_week, -1, why=MORE_IN_LINE),
            Metric("enemy killed per week of war, thousand", enemy_dead_per_week, -1, why=PURSUIT),
        ),
        source="Epstein1990",
    ),
    Fact(
        key="F5",
        sentence="Giving ground sooner costs ground.",
        size="as F4, in both arms without stop lines",
        weeks=52,
        change=GIVE_GROUND,
        metrics=(Metric("land lost at the end, km2", land_lost, +1),),
        source="Epstein1990",
        setting=NO_STOP_LINE,
    ),
    Fact(
        key="F6",
        sentence="Few crossings behind an advanced force cost it losses in a counter-offensive.",
        size="crossings that carry 0.2 instead of 0.8 of capacity; the own side stands 30 km beyond the river of the "
        "east and the other side's counter-offensive there has begun, in both arms",
        weeks=13,
        change=together(
            Put("state.supply.crossing", 0.2, front=EAST), Put("world.ground.river_capacity", 0.2, front=EAST)
        ),
        metrics=(Metric("killed, wounded and captured, thousand", losses, +1),),
        source="assumption",
        setting={"fronts.east.position": OwnDirection(30.0)},
        given=Put("state.advance.counter", 1.0, "other", EAST),
    ),
    Fact(
        key="F7",
        sentence="Hostility of occupied land draws strength from the occupier's front.",
        size="hostile share of the land that the own side holds 0.9 instead of 0.5; it holds 40 km on every front in "
        "both arms",
        weeks=52,
        change=Put("world.ground.hostility", 0.9),
        metrics=(Metric("front and reserve at the end, thousand", at_the_end("force"), -1),),
        source="Quinlivan1995",
        setting=DEEP,
    ),
    Fact(
        key="F8",
        sentence="A wave of mobilisation brings strength after training, and costs support.",
        size="a wave of 3 % of the pool called at once (the library's lever), against none while strength holds",
        weeks=26,
        change=together(
            Put("world.doctrine.mobilisation_trigger", 1.2),
            Put("world.doctrine.mobilisation_wave", 0.03),
        ),
        metrics=(
            Metric("front and reserve at the end, thousand", at_the_end("force"), +1),
            Metric("support at the end", at_the_end("support"), -1),
        ),
        source="assumption",
    ),
    Fact(
        key="F9",
        sentence="Recruits with short training dilute quality and worsen the exchange of losses.",
        size="training of 2 weeks instead of 8 in the own side",
        weeks=52,
        change=Put("world.laws.manpower.training_time", 2.0),
        metrics=(
            Metric("quality at the end", at_the_end("quality"), -1),
            Metric("enemy killed for each own killed", loss_exchange, -1),
        ),
        source="assumption",
    ),
    Fact(
        key="F10",
        sentence="An army collapses sooner if the end of aid is announced.",
        size="no aid to the own side from week 26 in both arms, announced at the start instead of a surprise",
        weeks=104,
        change=announced,
        metrics=(Metric("weeks until cohesion lies below 0.2", weeks_to_collapse, -1),),
        source="SIGAR2022",
        setting=DEPENDENT,
        given=AidAllowed(0.0, 26),
    ),
    Fact(
        key="F11",
        sentence="Aid restored after a collapse does not restore cohesion.",
        size="aid in full again from week 52, against none; none to the own side before in both arms; runs count whose "
        "army has collapsed by week 52; no difference is less than 0.1",
        weeks=104,
        change=AidAllowed(1.0, 52),
        metrics=(
            Metric("cohesion at the end", at_the_end("cohesion"), 0, none_below=0.1, why=LOW_BRANCH),
            Metric("the army stands again at the end (cohesion above 0.5), 0 or 1", stands, 0, none_below=0.5),
        ),
        source="BrockDurlauf2001",
        setting=DEPENDENT,
        given=AidAllowed(0.0, 0),
        counts=has_collapsed(52),
    ),
    Fact(
        key="F12a",
        sentence="Support falls with the logarithm of cumulative deaths.",
        size="300 instead of 30 thousand dead before the start, support starting at the same level",
        weeks=13,
        change=Put("state.manpower.dead", 300.0),
        metrics=(Metric("support at the end", at_the_end("support"), -1),),
        source="Mueller1973",
    ),
    Fact(
        key="F12b",
        sentence="Support falls while deaths accelerate.",
        size="posture of both sides rising evenly from half to one and a half of the calendar's, against the same "
        "mean; law of consent gartner-segura in both arms",
        weeks=26,
        change=Rising(26),
        metrics=(Metric("support at the end", at_the_end("support"), -1),),
        source="GartnerSegura1998",
        setting={"laws.consent": {"law": "gartner-segura"}},
    ),
    Fact(
        key="F13",
        sentence="At equal casualties support is higher the better victory looks.",
        size="smoothed reading of the map 0.5 instead of 0 at the start, so victory expected at 75 instead of 50 %",
        weeks=8,
        change=Put("state.consent.expectation", 0.5),
        metrics=(Metric("support at the end", at_the_end("support"), +1),),
        source="GelpiFeaverReifler2009",
    ),
)
