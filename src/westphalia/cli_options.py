"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Where = Annotated[str, typer.Argument(metavar="SCENARIO", help="A library name, a YAML file or a folder.")]
Variant = Annotated[str | None, typer.Option(help="Another start, by its name in the scenario.")]
