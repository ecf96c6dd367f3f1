"""Rivers are obstacles and not walls: attacks across one, bridgeheads beyond one, with crossings whole and cut."""

from __future__ import annotations

import numpy as np

from westphalia.analyse.finding import RUNS, SEED, Finding
from westphalia.analyse.interventions import Put, Start, replaced, together
from westphalia.analyse.play import begin, play
from westphalia.scenario.schema import Scenario

WEEKS = 13
WHOLE, CUT = 0.85, 0.05
"""Share of capacity that crossings carry."""
BEYOND = (5.0, 10.0, 20.0)
"""Km from the far edge of the river to the line."""

TEST = "2 bridgehead"


def bridgehead(name: str, scenario: Scenario) -> list[Finding]:
    """The first side before a river, then beyond it; what cut crossings change, on the front with the hardest river."""
    start = begin(scenario, weeks=WEEKS, runs=RUNS, seed=SEED)
    rivers = {place: front.river for place, front in enumerate(scenario.fronts.values()) if front.river}
    place, river = max(rivers.items(), key=lambda item: item[1].bonus.centre)
    label = list(scenario.fronts.values())[place].label

    def moved(line: float, attacker: int, share: float) -> np.ndarray:
        crossing = ("state.supply.crossing", "world.ground.river_capacity")
        made = together(*(Put(path, share, front=place) for path in crossing))(_stand(start, place, line, attacker), 0)
        lines = play(scenario, made, weeks=WEEKS, runs=RUNS, seed=SEED).own_positions(0)[:, place]
        return lines[-1] - lines[0]

    near = river.at - river.half_width
    gains_less = moved(near, 0, CUT) < moved(near, 0, WHOLE)
    found = [_sign(name, f"{label}: an attack from the near bank gains less over cut crossings", gains_less)]
    for distance in BEYOND:
        line = river.at + river.half_width + distance
        whole, cut = moved(line, 1, WHOLE), moved(line, 1, CUT)
        what = f"{label}: a bridgehead {distance:g} km beyond, under attack, loses"
        found.append(_sign(name, f"{what} more with cut crossings", cut < whole))
        found.append(_sign(name, f"{what} 0.1 km or more with cut crossings, so it does not freeze", cut < -0.1))
    return found


def _stand(start: Start, place: int, line: float, attacker: int) -> Start:
    """The line at a position, one side attacking there with all its tempo, the other not, stop lines out of the way."""

    def set_line(position: np.ndarray) -> np.ndarray:
        position[place] = line
        return position

    def set_posture(posture: np.ndarray) -> np.ndarray:
        posture[:, attacker, place], posture[:, 1 - attacker, place] = 1.0, 0.0
        return posture

    def set_railheads(railhead: np.ndarray) -> np.ndarray:
        railhead[0, place], railhead[1, place] = line, -line
        return railhead

    made = replaced(start, "state.advance.position", set_line)
    made = replaced(made, "world.calendar.posture", set_posture)
    made = replaced(made, "state.supply.railhead", set_railheads)
    return replaced(made, "world.ground.stop", lambda stop: stop - 1e3)


def _sign(name: str, sentence: str, holds: np.ndarray) -> Finding:
    share = float(holds.mean())
    return Finding(TEST, name, f"runs in which {sentence}", f"{100 * share:.1f} %", "at least 80 %", share >= 0.8)
