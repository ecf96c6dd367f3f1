"""What becomes of a text on its way from hand to hand: the interface of the family ``messages``.

Equation:
    one hop: clause left out with probability a, else K(m'|m) prop. [(1 - e) 1(m' = m) + e q(m'|m)] exp(L(m'));
    q(m'|m) prop. slips(|m - m'|) over the other options;   L = b (u_recv - mean u_recv) + g (u_med - mean u_med)
    an open clause is filled once, by the last reader: w(m) prop. exp(b_w u(m))
    belief(m) = c 1(m = read) + (1 - c) prior(m) K(read|m) / sum
Units:
    options counted from 0; utilities, chances and parameters without unit.
Source:
    Chains of readers drift toward what the readers expect, whatever was said first [GriffithsKalishLewandowsky2008]
    [XuGriffiths2010]; receivers make more of what they read than Bayes' rule would [BlumeLaiLim2022]. The tilt and its
    numbers are this project's.
"""

from __future__ import annotations

import abc
import itertools
from collections.abc import Sequence
from typing import Any, ClassVar

from westphalia.kinds import Each, Message, PerIssue, PerIssueOption, PerIssueOptionOption
from westphalia.laws.numerics import namespace, sum_rows

OPEN = -1
"""What a message holds where a clause is left open."""

LEAST = 1e-30
"""Below this a sum of weights counts as nothing."""


class MessageLaw(abc.ABC):
    """How one hop changes a text, and what its last reader makes of it.

    Options are padded to a common number; ``exists`` is 1 where an issue has the option and 0 elsewhere.
    """

    key: ClassVar[str]
    sweetening: Each
    mediator_bias: Each
    omission: Each
    wishful: Each
    credulity: Each

    @abc.abstractmethod
    def slips(self, steps: Each) -> Each:
        """Relative chance that a clause which a hop gets wrong moves by so many options, one or more."""

    def lean(self, receiver: PerIssueOption, mediator: PerIssueOption, exists: PerIssueOption) -> PerIssueOption:
        """What draws a hop toward an option: the utilities of receiver and mediator, each net of its mean."""
        return self.sweetening * _net(receiver, exists) + self.mediator_bias * _net(mediator, exists)

    def kernel(self, error: Each, lean: PerIssueOption, exists: PerIssueOption) -> PerIssueOptionOption:
        """Chance of each reading by option sent after one hop; all 0 for an option that does not exist.

        Args:
            error: Chance that a hop without lean changes an option; 0 leaves every text as it is, whatever the lean.
            lean: See the method of that name.
            exists: 1 where the option exists.
        """
        options = _options(exists)
        steps = abs(options[:, :, None] - options[:, None])
        pull = namespace(lean).exp(lean)
        return exists[:, :, None] * _shares(self._weights(steps, error, pull[:, None], exists[:, None]), axis=2)

    def relay(
        self, message: Message, error: Each, pull: PerIssueOption, exists: PerIssueOption, uniform: PerIssue
    ) -> Message:
        """The text after one hop that pulls by ``exp(lean)``; what is open stays open.

        The chances are those of ``kernel``, option by option, since a compiler makes more of rows than of a block.
        """
        xp, sent = namespace(exists), message.astype(exists.dtype)
        slips = [self._slip(abs(option - sent), exists[:, option]) for option in range(exists.shape[1])]
        share = error / xp.maximum(sum(slips), LEAST)
        weights = [
            exists[:, option] * pull[:, option] * xp.where(sent == option, 1.0 - error, share * slip)
            for option, slip in enumerate(slips)
        ]
        return xp.where(message == OPEN, OPEN, _drawn(weights, uniform).astype(message.dtype))

    def omit(self, message: Message, unnoticed: PerIssue, uniform: PerIssue) -> Message:
        """The text with the clauses left open that one hop leaves out, as far as that is unnoticed."""
        return namespace(uniform).where(uniform < self.omission * unnoticed, OPEN, message)

    def fill(self, message: Message, wishes: PerIssueOption, uniform: PerIssue) -> Message:
        """The text with its open clauses filled by the last reader by its ``wishes``."""
        filled = _drawn([wishes[:, option] for option in range(wishes.shape[1])], uniform)
        return namespace(wishes).where(message == OPEN, filled.astype(message.dtype), message)

    def wishes(self, wish: PerIssueOption, exists: PerIssueOption) -> PerIssueOption:
        """Chances with which a reader fills an open clause by each option that it values so, up to a factor."""
        return exists * namespace(exists).exp(self.wishful * wish)

    def believed(
        self, error: Each, lean: PerIssueOption, exists: PerIssueOption, prior: PerIssueOption
    ) -> PerIssueOptionOption:
        """Chance that the reader gives to each option of having been sent, by option sent and option read.

        Args:
            error: Error of the hop as the reader takes it to be.
            lean: Lean of the hop as the reader takes it to be.
            exists: 1 where the option exists.
            prior: Weights that the reader gave to the options before; they need not add up to 1.
        """
        options = _options(exists)
        is_read = 1.0 * (options[:, :, None] == options[:, None])
        posterior = _shares(prior[:, :, None] * self.kernel(error, lean, exists), axis=1)
        return self.credulity * is_read + (1.0 - self.credulity) * posterior

    def _weights(self, steps: Any, error: Each, pull: Any, exists: Any) -> Any:  # noqa: ANN401
        """Chances of the readings of a hop, by how far each is from the option sent, up to a factor for each row.

        The readings are the last axis but the runs.
        """
        mistaken = _shares(self._slip(steps, exists), exists.ndim - 2)
        return exists * ((1.0 - error) * (steps == 0.0) + error * mistaken) * pull

    def _slip(self, steps: Any, exists: Any) -> Any:  # noqa: ANN401
        """Relative chance of a wrong reading so many options off; 0 for the right one and where there is no option."""
        return exists * (steps > 0.0) * self.slips(namespace(exists).maximum(steps, 1.0))


def _options(exists: Any) -> Any:  # noqa: ANN401
    """The numbers of the options, ``(1, option, 1)``."""
    count, dtype = exists.shape[1], exists.dtype
    return namespace(exists).arange(count, dtype=dtype).reshape((1, count) + (1,) * (exists.ndim - 2))


def _over(array: Any, axis: int) -> Any:  # noqa: ANN401
    return sum_rows(namespace(array).moveaxis(array, axis, 0))


def _shares(weights: Any, axis: int) -> Any:  # noqa: ANN401
    """Weights scaled to add up to 1 over an axis; where all are 0, they stay so."""
    xp = namespace(weights)
    return weights / xp.expand_dims(xp.maximum(_over(weights, axis), LEAST), axis)


def _net(utility: PerIssueOption, exists: PerIssueOption) -> PerIssueOption:
    """Utility net of its mean over the options that exist."""
    return exists * (utility - _over(_shares(exists, axis=1) * utility, axis=1)[:, None])


def _drawn(weights: Sequence[PerIssue], uniform: PerIssue) -> Message:
    """The option at which the summed weights pass the draw; never one without weight, whatever the rounding."""
    *sums, total = itertools.accumulate(weights)
    return sum(1 * ((part <= uniform * total) & (part < total)) for part in sums)
