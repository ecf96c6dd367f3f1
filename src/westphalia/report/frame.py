"""The type of a table of labelled data.

pandas brings no types that a checker could follow through a table, so a checker sees anything; tests see a DataFrame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    Frame = Any
else:
    Frame = pd.DataFrame
