"""Supply: transport over distance and rivers."""

from westphalia.laws.supply.truck_chain import TruckChain

LAWS = {law.key: law for law in (TruckChain,)}
