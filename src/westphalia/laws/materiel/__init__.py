"""Materiel: heavy equipment, ammunition and the war economy."""

from westphalia.laws.materiel.stock_flow import StockFlow

LAWS = {law.key: law for law in (StockFlow,)}
