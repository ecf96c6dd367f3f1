"""Options and issues in few words, where many of them stand in one sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np

from westphalia.scenario.talks import Talks

ROOM, STEP = 40, 16
"""Characters of a shortened text, and how many more are tried where two would read the same."""
CUT = "…"


def shortened(texts: Sequence[str]) -> list[str]:
    """The texts cut to their beginning, no shorter than tells them apart."""
    for room in range(ROOM, max(map(len, texts)) + STEP, STEP):
        short = [_cut(text, room) for text in texts]
        if len(set(short)) == len(texts):
            return short
    return list(texts)


def clauses(talks: Talks, option: np.ndarray, issues: np.ndarray) -> str:
    """What a text says on some issues, in few words; options count from 0."""
    labels = [issue.label for issue in talks.issues.values()]
    heads = [label.partition(":")[0] for label in labels]
    named = shortened(heads if len(set(heads)) == len(heads) else labels)
    options = [shortened(issue.options) for issue in talks.issues.values()]
    return "; ".join(f'{named[n]}: "{options[n][option[n]]}"' for n in issues)


def _cut(text: str, room: int) -> str:
    """The text up to the last comma or the like that leaves half of the room filled, else up to a word."""
    if len(text) <= room:
        return text
    place = max(text.rfind(sign, 0, room) for sign in ",;:")
    return text[:place] + CUT if 2 * place >= room else textwrap.shorten(text, room, placeholder=CUT)
