"""Small term sheets of the tests' own making."""

import itertools

import numpy as np
from hypothesis import strategies as st

from westphalia.talks.game import Game


def game(*worth, reserve=None, **more):
    """A game from its worths, with names made up."""
    parts = tuple(np.array(part, dtype=float) for part in worth)
    parties = tuple(f"party {i}" for i in range(len(parts[0])))
    issues = {f"issue {q}": tuple(f"option {k}" for k in range(part.shape[1])) for q, part in enumerate(parts)}
    return Game(parties, issues, parts, np.zeros(len(parties)) if reserve is None else np.array(reserve, float), **more)


def pie(parts=100, **more):
    """One pie cut in so many parts: the first party gets x, the second the rest."""
    first = np.linspace(0.0, 1.0, parts + 1)
    return game([first, 1.0 - first], **more)


def random_game(shape, parties, seed, *, steps=None, reserve=0.0, **more):
    """Weights add up to 1; values are uniform, or whole multiples of 1 / steps, which makes ties."""
    random = np.random.default_rng(seed)
    weights = random.dirichlet(np.ones(len(shape)), size=parties)
    if steps:
        weights = np.full_like(weights, 1.0 / len(shape))
    values = [random.random((parties, m)) if steps is None else random.integers(0, steps + 1, (parties, m)) / steps
              for m in shape]  # fmt: skip
    return game(*(weights[:, [q]] * v for q, v in enumerate(values)), reserve=np.full(parties, reserve), **more)


def mixed_game(parties, shape, seed, steps, reserve, is_tied, is_ruled):
    """With an interaction or an exclusion of two issues, where there are two."""
    random, more = np.random.default_rng(seed), {}
    pair = tuple(map(int, random.permutation(len(shape))[:2]))
    if len(pair) == 2 and is_tied:
        more["interactions"] = {pair: random.integers(-2, 3, (parties, *(shape[i] for i in pair))) / 10}
    if len(pair) == 2 and is_ruled and shape[pair[0]] * shape[pair[1]] > 1:
        more["excluded"] = ({i: int(random.integers(shape[i])) for i in sorted(pair)},)
    return random_game(shape, parties, seed, steps=steps, reserve=reserve, **more)


def recipes(most_parties=4, most_issues=4, most_options=4):
    """What ``mixed_game`` needs for games with many ties, interactions and exclusions among them.

    Not the games themselves: the checks of types draw random numbers of their own, which a strategy must not.
    """
    return st.tuples(
        st.integers(1, most_parties),
        st.lists(st.integers(1, most_options), min_size=1, max_size=most_issues),
        st.integers(0, 2**32 - 1),
        st.sampled_from([None, 2, 5]),
        st.sampled_from([0.0, 0.3, 0.5, 0.7]),
        st.booleans(),
        st.booleans(),
    )


def every_text(of):
    """All texts on the table, one by one."""
    for text in itertools.product(*map(range, of.shape)):
        if not any(all(text[i] == o for i, o in ruled.items()) for ruled in of.excluded):
            yield text


def utility(of, text):
    """Utilities of a text by the definition."""
    total = np.zeros(len(of.parties))
    for part, option in zip(of.worth, text, strict=True):
        total = total + part[:, option]
    for issues, part in of.interactions.items():
        total = total + part[(slice(None), *(text[i] for i in issues))]
    return total


def undominated_texts(of, slack=1e-9):
    """All pairs of texts compared."""
    texts = list(every_text(of))
    u = np.array([utility(of, text) for text in texts])
    no_worse = (u[None] >= u[:, None] - slack).all(axis=2)
    better = (u[None] > u[:, None] + slack).any(axis=2)
    return {text for text, beaten in zip(texts, (no_worse & better).any(axis=1), strict=True) if not beaten}
