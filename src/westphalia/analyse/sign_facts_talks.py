"""The stylised facts of talks and of what holds after them, F14 to F20."""

from __future__ import annotations

import datetime

from westphalia.analyse.arms import OwnDirection
from westphalia.analyse.interventions import Put, together
from westphalia.analyse.sign_facts import Fact, Metric
from westphalia.analyse.sign_facts_measures import (
    Fiercer,
    Fill,
    belief_gap,
    gap_at_signature,
    is_signed,
    terms_needed,
    text_gap,
    texts_alike,
    weeks_fought,
    weeks_to_break,
    weeks_to_signature,
)

ANSWERS_FOR_NOTHING = Put("state.survival.culpability", 0.0)
ANSWERS_FOR_THE_WAR = Put("state.survival.culpability", 1.0)
NOT_HELD = {"talks.held": 0.0, "talks.ceasefire": 0.0}
LOSING = {f"fronts.{front}.position": OwnDirection(-40.0) for front in ("west", "centre", "east")}
SHIFT = "world.table.laws.commitment.horizon"
RECOVERING = Put("state.manpower.training", 120.0)
"""The own side has 100 thousand more in training than the other, who come to the front under a truce."""

SIGNED = together(Fill("state.truce.kind", 2.0), Fill("state.truce.signed", 0.0), Fill("state.truce.gap", 0.5))
"""A settlement has just been signed, read apart by half of the scale."""

OBSERVER = {
    "label": "An observer",
    "stances": {issue: {"weight": 1.0, "ideal": 0.5} for issue in ("line", "forces", "monitoring")},
}
MORE = ("prisoners", "trade", "seas")
FURTHER_ISSUES = {
    **{f"talks.issues.{issue}": {"label": issue, "options": ["as North", "half", "as South"]} for issue in MORE},
    **{f"talks.parties.north.stances.{issue}": {"weight": 0.1, "ideal": 0.0} for issue in MORE},
    **{f"talks.parties.south.stances.{issue}": {"weight": 0.1, "ideal": 1.0} for issue in MORE},
}

ALIKE = Metric("texts that all read alike, share of 48 carried", texts_alike, -1)
TURNING_POINT = (
    "By the law a leadership that answers for the war prefers the wider spread of outcomes, hence asks for more, "
    "only where it expects less than its turning point: there the sign holds in 92 % of the draws, above in 15 %. "
    "In a war between equals 44 % of the draws lie below. The change is small: 0.006 of utility in the middle."
)
STRETCHED = (
    "One draw in twelve moves, for demands, constituencies and the other side bind more often; of those that move, as "
    "many fight longer as shorter, as F14a lets expect."
)
NOT_LOSING = (
    "As F14b: one draw in twelve moves, either way about as often. Besides, a side whose lines stand 40 km back does "
    "not expect less of the war, since the war index counts times to exhaustion, and ground only as it is being lost."
)
TOO_SOON = (
    "What is in training reaches the front within weeks, while opening demands keep anything from being signed for "
    "longer: one draw in a hundred moves, too few to tell."
)
CHOSEN = (
    "Texts that are carried move as expected (row above), but a text is signed where each likes what it reads, and "
    "that is where the readings lie apart, whatever the channel: so single draws move either way."
)
BREAKS = "weeks until the settlement breaks"

TALKS: tuple[Fact, ...] = (
    Fact(
        key="F14a",
        sentence="A leadership that answers for the war asks for more.",
        size="culpability of the own leadership 1 instead of 0",
        weeks=1,
        change=ANSWERS_FOR_THE_WAR,
        given=ANSWERS_FOR_NOTHING,
        metrics=(Metric("terms at which the leadership would sign, utility", terms_needed, +1, why=TURNING_POINT),),
        source="Croco2011, Goemans2000",
        talks=True,
    ),
    Fact(
        key="F14b",
        sentence="A leadership that answers for the war fights longer.",
        size="as F14a",
        weeks=104,
        change=ANSWERS_FOR_THE_WAR,
        given=ANSWERS_FOR_NOTHING,
        metrics=(Metric("weeks of fighting", weeks_fought, +1, why=STRETCHED),),
        source="Croco2011, Goemans2000",
        talks=True,
    ),
    Fact(
        key="F15",
        sentence="On the losing side a new leadership without a tie to the war settles sooner.",
        size="a change of leadership in the own side in week 13; in both arms a successor answers for nothing, and the "
        "own lines stand 40 km back on every front",
        weeks=104,
        change=together(),
        changed={"sides.{own}.leadership_changes": [datetime.date(2030, 4, 2)]},
        setting={"laws.survival.tie": 0.0, **LOSING},
        metrics=(Metric("weeks until a settlement is signed", weeks_to_signature, -1, why=NOT_LOSING),),
        source="Weisiger2016",
        talks=True,
    ),
    Fact(
        key="F16a",
        sentence="Fighting teaches: the more of it, the closer the sides' beliefs.",
        size="posture of both sides one and a half of the calendar's; in both arms no round takes place",
        weeks=26,
        change=Fiercer(1.5, 0, 26),
        setting=NOT_HELD,
        metrics=(Metric("believed chances of victory, sum above 1, mean over the weeks", belief_gap, -1),),
        source="Slantchev2003, Weisiger2016",
        talks=True,
    ),
    Fact(
        key="F16b",
        sentence="A short spike of fighting does not bring a settlement.",
        size="posture of both sides twice the calendar's in weeks 9 to 12",
        weeks=104,
        change=Fiercer(2.0, 8, 12),
        metrics=(Metric("a settlement is signed, 0 or 1", is_signed, 0, none_below=0.5),),
        source="Weisiger2016",
        talks=True,
    ),
    Fact(
        key="F17a",
        sentence="The more hands a text passes through, the less it is read alike.",
        size="four hops to the own side instead of one",
        weeks=104,
        change=together(),
        setting={"talks.protocols.shuttle.hops.{own}": 1},
        changed={"talks.protocols.shuttle.hops.{own}": 4},
        metrics=(ALIKE, Metric("gap of readings at the first signature", gap_at_signature, +1, why=CHOSEN)),
        source="CoverThomas2006",
        talks=True,
    ),
    Fact(
        key="F17b",
        sentence="The more parties read a text, the less all read it alike.",
        size="a third party that reads the text, two hops off",
        weeks=1,
        change=together(),
        changed={"talks.parties.observer": OBSERVER, "talks.protocols.shuttle.hops.observer": 2},
        metrics=(ALIKE,),
        source="CoverThomas2006",
        talks=True,
    ),
    Fact(
        key="F17c",
        sentence="The more issues a text has, the less all of it is read alike.",
        size="six issues instead of three, the others of three options",
        weeks=1,
        change=together(),
        changed=FURTHER_ISSUES,
        metrics=(ALIKE,),
        source="CoverThomas2006",
        talks=True,
    ),
    Fact(
        key="F18a",
        sentence="What is read back is read less apart.",
        size="each hop read back until the echo matches, against not",
        weeks=104,
        change=together(),
        changed={"talks.protocols.shuttle.read_back": True},
        metrics=(
            Metric("gap of readings, mean of 48 texts carried", text_gap, -1),
            Metric("gap of readings at the first signature", gap_at_signature, -1, why=CHOSEN),
        ),
        source="CoverThomas2006",
        talks=True,
    ),
    Fact(
        key="F18b",
        sentence="A text that all draft together is read less apart.",
        size="one text that all read, against one for each",
        weeks=104,
        change=together(),
        changed={"talks.protocols.shuttle.shared_text": True},
        metrics=(
            Metric("gap of readings, mean of 48 texts carried", text_gap, -1),
            Metric("gap of readings at the first signature", gap_at_signature, -1, why=CHOSEN),
        ),
        source="assumption",
        talks=True,
    ),
    Fact(
        key="F19a",
        sentence="A settlement under which power is expected to shift breaks sooner.",
        size="the sides look 104 instead of 26 weeks ahead; in both arms a settlement has just been signed, read apart "
        "by half of the scale, and the own side has 100 thousand more in training than the other",
        weeks=104,
        change=Fill(SHIFT, 104.0),
        given=together(SIGNED, RECOVERING, Fill(SHIFT, 26.0)),
        metrics=(Metric(BREAKS, weeks_to_break, -1),),
        source="Powell2006",
        talks=True,
    ),
    Fact(
        key="F19b",
        sentence="Where power is expected to shift under a truce, less is signed.",
        size="as F19a, in both arms without a settlement at the start",
        weeks=104,
        change=Fill(SHIFT, 104.0),
        given=together(RECOVERING, Fill(SHIFT, 26.0)),
        metrics=(Metric("weeks until a settlement is signed", weeks_to_signature, +1, why=TOO_SOON),),
        source="Powell2006",
        talks=True,
    ),
    Fact(
        key="F20a",
        sentence="A settlement that is watched lasts longer.",
        size="monitoring in full instead of none; in both arms a settlement has just been signed as in F19a",
        weeks=104,
        change=Fill("state.truce.peace.strength", 1.0),
        given=SIGNED,
        metrics=(Metric(BREAKS, weeks_to_break, +1),),
        source="Fortna2003",
        talks=True,
    ),
    Fact(
        key="F20b",
        sentence="A settlement that third parties guarantee lasts longer.",
        size="a guarantee in full instead of none; otherwise as F20a",
        weeks=104,
        change=Fill("state.truce.peace.guarantee", 1.0),
        given=SIGNED,
        metrics=(Metric(BREAKS, weeks_to_break, +1),),
        source="Walter1997",
        talks=True,
    ),
    Fact(
        key="F20c",
        sentence="A settlement that outside pressure bought lasts less long.",
        size="pressure in full (1) instead of none; otherwise as F20a",
        weeks=104,
        change=Fill("state.truce.peace.pressure", 1.0),
        given=SIGNED,
        metrics=(Metric(BREAKS, weeks_to_break, -1),),
        source="WernerYuen2005, Beardsley2008",
        talks=True,
    ),
)
