"""Garrisons prevent, hostility feeds, hope of liberation sustains; aimed fire needs information.

Equation:
    need = (g0 N + g1 N_hostile)/1000
    g' = (min(need, cap (available + g)) - g)/t_g
    p' = beta hope N_h (1 - p/(p_max N)) (1 + s0 1000 staying/N) - kills,   p at most p_max N
    kills = gam g p/(p + p_h) [I + (1-I) p/(p + s N)],   I = min(1, I0 + I1 fill)
    losses = del p (1 - I), at most g/2
    interdiction = 1000 p/N / (1 + fill);   displaced' = e_o (N_h - displaced)
    Deitchman's mixed law, aimed ambush against area fire, is the limit I = 0, p_h << p << s N without growth:
    g' = -del p,   p' = -b g p,   b = gam/(s N),   so that (b/2)(g0^2 - g^2) = del (p0 - p)
Units:
    thousand persons, weeks; need per thousand inhabitants.
Source:
    Need after [Quinlivan1995], without the threshold that [Friedman2011] finds no support for; ambush [Deitchman1962];
    aimed fire needs information [KressSzechtman2009]; control and collaboration [Kalyvas2006].
Holds when / fails when:
    No ethnic geography; violence against civilians enters as hostility and displacement, never as a choice. Recruits
    come from the hostile, not from partisans, so growth without a garrison slows from the start: p tends to its cap as
    1 - exp(-beta hope N_h t/(p_max N)).
Status:
    plausible; Deitchman's state equation and growth without a garrison are checked.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.numerics import namespace
from westphalia.laws.occupation.base import OccupationLaw


@final
@record
class ContestedControl(OccupationLaw):
    """Occupation as contested control."""

    key: ClassVar[str] = "contested-control"

    garrison_base: Each = parameter(
        "garrison per thousand inhabitants", "1/1000", 1.0, 4.0, scale="log", source="Quinlivan1995"
    )
    garrison_hostile: Each = parameter(
        "further garrison per thousand hostile", "1/1000", 8.0, 36.0, scale="log", source="Quinlivan1995"
    )
    posting_time: Each = parameter("time to post a garrison", "week", 4.0, 12.0)
    garrison_cap: Each = parameter("share of the force that may be posted", "1", 0.1, 0.3)
    growth: Each = parameter("growth of partisans by hope among the hostile", "1/week", 0.00001, 0.0001, scale="log")
    partisan_cap: Each = parameter("largest share of inhabitants who fight", "1", 0.001, 0.02, scale="log")
    staying_effect: Each = parameter("effect of people left behind, per thousandth of inhabitants", "1", 0.2, 2.0)
    kill_rate: Each = parameter("partisans killed per garrison soldier", "1/week", 0.0005, 0.005, scale="log")
    kill_half: Each = parameter("partisans at which half of the encounters occur", "thousand", 1.0, 5.0)
    area_factor: Each = parameter("inhabitants that hide a partisan", "1", 0.005, 0.02)
    information_base: Each = parameter("information without a garrison", "1", 0.05, 0.2)
    information_fill: Each = parameter("information added by a full garrison", "1", 0.2, 0.6)
    ambush: Each = parameter("occupiers lost per partisan", "1/week", 0.002, 0.02, scale="log")
    displacement: Each = parameter("hostile inhabitants displaced", "1/week", 0.0005, 0.005, scale="log")

    def garrison_need(self, occupied: PerSide, hostile: PerSide) -> PerSide:
        """See ``OccupationLaw``."""
        return (self.garrison_base * occupied + self.garrison_hostile * hostile) / 1000.0

    def next_garrison(self, garrison: PerSide, wanted: PerSide, available: PerSide) -> PerSide:
        """See ``OccupationLaw``."""
        posted = namespace(garrison).minimum(wanted, self.garrison_cap * (available + garrison))
        return garrison + (posted - garrison) / self.posting_time

    def next_partisans(
        self,
        partisans: PerSide,
        hostile: PerSide,
        occupied: PerSide,
        garrison: PerSide,
        fill: PerSide,
        hope: PerSide,
        staying: PerSide,
    ) -> tuple[PerSide, PerSide]:
        """See ``OccupationLaw``."""
        xp = namespace(partisans)
        people = xp.maximum(occupied, 1e-3)
        most = self.partisan_cap * people
        active = xp.minimum(partisans, most)
        helped = 1.0 + self.staying_effect * 1000.0 * staying / people
        grown = self.growth * hope * hostile * helped * (1.0 - active / most)
        known = self._information(fill)
        met = self.kill_rate * garrison * active / (active + self.kill_half)
        killed = met * (known + (1.0 - known) * active / (active + self.area_factor * people))
        killed = xp.minimum(killed, 0.9 * active)
        return xp.minimum(active + grown, most) - killed, killed

    def ambush_losses(self, partisans: PerSide, garrison: PerSide, fill: PerSide) -> PerSide:
        """See ``OccupationLaw``."""
        lost = self.ambush * partisans * (1.0 - self._information(fill))
        return namespace(partisans).minimum(lost, 0.5 * garrison)

    def interdiction(self, partisans: PerSide, occupied: PerSide, fill: PerSide) -> PerSide:
        """See ``OccupationLaw``."""
        xp = namespace(occupied)
        share = partisans / xp.maximum(occupied, 1e-3)
        return 1000.0 * xp.minimum(share, self.partisan_cap) / (1.0 + fill)

    def displaced(self, hostile: PerSide, already: PerSide) -> PerSide:
        """See ``OccupationLaw``."""
        return self.displacement * namespace(hostile).maximum(hostile - already, 0.0)

    def _information(self, fill: PerSide) -> PerSide:
        return namespace(fill).minimum(self.information_base + self.information_fill * fill, 1.0)
