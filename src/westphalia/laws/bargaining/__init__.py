"""Bargaining: what sides ask for at the table, and who says yes."""

from westphalia.laws.bargaining.reciprocal import Reciprocal
from westphalia.laws.bargaining.time_dependent import TimeDependent
from westphalia.laws.bargaining.war_of_attrition import WarOfAttrition

LAWS = {law.key: law for law in (TimeDependent, Reciprocal, WarOfAttrition)}
