"""Attrition: how fast two sides in contact lose people."""

from westphalia.laws.attrition.helmbold import Helmbold
from westphalia.laws.attrition.lanchester_linear import LanchesterLinear
from westphalia.laws.attrition.lanchester_square import LanchesterSquare

LAWS = {law.key: law for law in (Helmbold, LanchesterSquare, LanchesterLinear)}
