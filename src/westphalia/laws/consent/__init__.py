"""Consent: support of the war at home."""

from westphalia.laws.consent.gartner_segura import GartnerSegura
from westphalia.laws.consent.mueller import Mueller

LAWS = {law.key: law for law in (Mueller, GartnerSegura)}
