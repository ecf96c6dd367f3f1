"""Aid: the will of backers and what they deliver."""

from westphalia.laws.aid.two_factions import TwoFactions

LAWS = {law.key: law for law in (TwoFactions,)}
