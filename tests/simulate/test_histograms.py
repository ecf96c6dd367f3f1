"""Histograms of a record count every number once, and nothing that is no number."""

import numpy as np

from westphalia.simulate.run import BINS, Chunk, histograms, ranges_from

SAMPLE = np.random.default_rng(1).normal([[[[0.0]], [[5.0]]]], 1.0, (2, 2, 3, 500)).astype(np.float32)


def chunk(sample):
    return Chunk({}, None, sample)


def test_counts_are_those_of_numpy():
    ranges = ranges_from(chunk(SAMPLE))
    counts = histograms(SAMPLE, ranges)
    for place in np.ndindex(2, 2, 3):
        expected, _ = np.histogram(SAMPLE[place], BINS, ranges[place[1]])
        assert np.abs(np.cumsum(counts[place] - expected)).max() <= 1  # a number on an edge may round to either bin


def test_what_lies_outside_falls_into_the_outermost_bins():
    counts = histograms(SAMPLE, np.array([[-0.1, 0.1], [4.9, 5.1]]))
    assert (counts.sum(axis=-1) == 500).all()
    assert (counts[..., [0, -1]].sum(axis=-1) > 400).all()


def test_what_is_not_a_number_is_not_counted_and_moves_no_range():
    spoilt = SAMPLE.copy()
    spoilt[0, 0, 2, :7] = [np.nan, np.inf, -np.inf, np.nan, np.nan, np.inf, np.nan]
    ranges = ranges_from(chunk(spoilt))
    assert np.isfinite(ranges).all()
    counts = histograms(spoilt, ranges)
    assert counts[0, 0, 2].sum() == 493
    assert counts.sum() == SAMPLE.size - 7
