"""Messages: what becomes of a text on its way from hand to hand."""

from westphalia.laws.messages.distance_noise import DistanceNoise
from westphalia.laws.messages.replacement_noise import ReplacementNoise

LAWS = {law.key: law for law in (DistanceNoise, ReplacementNoise)}
