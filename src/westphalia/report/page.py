"""A page as HTML: figures with their stills and tables, and one file that needs no other.

Stills stand in the page itself, so it reads without scripts and on paper; where scripts run, live charts take their
place on the screen.
"""

from __future__ import annotations

import base64
import functools
import gzip
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from string import Template

import altair as alt
import vl_convert

from westphalia.report.charts import HOVER
from westphalia.report.tables import Table
from westphalia.report.theme import CONFIG

VEGA_LITE = "6.4"
ALONE = 700
"""Width of the still of a chart that has a line of the page for itself, px."""

LICENCE = """Vega 6, Vega-Lite 6 and Vega-Embed 7, copyright University of Washington Interactive Data Lab,
BSD 3-Clause; with d3 (ISC) and others; bundled by vl-convert (BSD 3-Clause). The packages of these names on npm hold
the licence texts."""
TAG = re.compile(r"<[^>]*>")
LONG = re.compile(r"-?\d+\.\d{2,}")
IDLE = re.compile(
    r' (?:aria-\w+|role|font-family|pointer-events|class|xmlns:xlink|version|stroke-miterlimit)="[^"]*"| opacity="1"'
    r'| transform="translate\(0,0\)"| stroke-width="1"| text-anchor="start"| font-weight="normal"| font-size="11px"'
    r'| [xy]2="0"| stroke-dasharray="1[ ,]0"'  # a dash without a gap is printed in as many pieces as it is long
    r'|<path[^>]*d="(?:M0,0h0v0h0Z)?"[^>]*/>'
)
"""What Vega writes into an SVG and neither paper nor a reader needs: the page says font, size and role once."""
ID = re.compile(r'\bid="([^"]+)"')
FLAT = re.compile(r' d="(M[-\d.,ML]+)(Z?)"')
"""A line or an area of straight pieces."""


@dataclass(frozen=True)
class Panel:
    """One chart of a figure."""

    chart: alt.TopLevelMixin
    name: str = ""


@dataclass(frozen=True)
class LineKey:
    """One entry of a legend that stands beside several panels."""

    label: str
    colour: str
    dash: tuple[int, ...]
    is_fan: bool = False


FITS_A_PAGE = 4
"""A figure with more panels may be broken between printed pages."""

STAYS_WHOLE = 10
"""A table with more rows may be broken between printed pages."""


@dataclass(frozen=True)
class Figure:
    """Charts that belong together, with title, description and the same in a table.

    Attributes:
        key: A short name, unique on the page.
        title: What is shown.
        description: What to see in it, in words.
        panels: The charts.
        table: The same numbers.
        note: Small print.
        is_wide: Whether each panel takes the full width.
        is_open_on_paper: Whether the table is printed too.
        legend: What the lines of the panels stand for, where there are several.
        is_abreast: Whether three panels stand side by side where there is room.
    """

    key: str
    title: str
    description: str
    panels: tuple[Panel, ...]
    table: Table
    note: str = ""
    is_wide: bool = False
    is_open_on_paper: bool = False
    legend: tuple[LineKey, ...] = ()
    is_abreast: bool = False


@dataclass
class Page:
    """A page under construction: parts of HTML in order, and the charts in them."""

    parts: list[str] = field(default_factory=list)
    specs: list[dict] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)

    def add(self, *parts: str) -> None:
        """Append HTML that is ready."""
        self.parts.extend(parts)

    def figure(self, figure: Figure) -> None:
        """Append a figure."""
        is_alone = figure.is_wide or len(figure.panels) == 1
        panels = "".join(self.chart(panel.chart, figure.description, is_alone=is_alone) for panel in figure.panels)
        layout = " wide" * is_alone + " abreast" * figure.is_abreast
        short = ' class="short"' if len(figure.panels) <= FITS_A_PAGE and not figure.is_open_on_paper else ""
        note = f'<p class="note">{text(figure.note)}</p>' if figure.note else ""
        caption = f"<figcaption><h3>{text(figure.title)}</h3><p>{text(figure.description)}</p></figcaption>"
        self.add(
            f'<figure id="{figure.key}"{short}>{caption}{_legend(figure.legend)}',
            f'<div class="panels{layout}">{panels}</div>{note}',
            twin(figure.table, is_open_on_paper=figure.is_open_on_paper),
            "</figure>",
        )

    def chart(self, chart: alt.TopLevelMixin, description: str, *, is_alone: bool = False) -> str:
        """A chart as HTML, to be added where it belongs: its still, and room for the live one."""
        spec = chart.to_dict(validate=False)
        for key in ("$schema", "config", "usermeta"):
            spec.pop(key, None)
        spec.setdefault("description", description)
        number = len(self.specs)
        self.specs.append(_live(spec, self.words))
        still = still_svg({**spec, "width": ALONE} if is_alone else spec, f"s{number}")
        return (
            f'<div class="chart" data-chart="{number}"><div class="still">{still}</div><div class="live"></div></div>'
        )


def _legend(keys: Sequence[LineKey]) -> str:
    """Samples of lines with their names."""
    items = []
    for key in keys:
        band = '<rect width="30" height="12" fill="#e6e3ea"/>' if key.is_fan else ""
        dash = " ".join(map(str, key.dash))
        line = f'<line x2="30" y1="6" y2="6" stroke="{key.colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        sample = f'<svg width="30" height="12" aria-hidden="true">{band}{IDLE.sub("", line)}</svg>'
        items.append(f"<li>{sample}{text(key.label)}</li>")
    return f'<ul class="legend">{"".join(items)}</ul>' if items else ""


def text(words: str) -> str:
    """Text as HTML."""
    return html.escape(words, quote=True)


def paragraph(words: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{text(words)}</p>' if kind else f"<p>{text(words)}</p>"


def table_html(table: Table) -> str:
    """A table with scope on its headings; numbers stand to the right. Rows and cells end where the next begins."""
    head = "".join(f'<th scope="col">{text(name)}' for name in table.columns)
    rows = "".join(f"<tr>{_cells(row)}" for row in table.rows)
    caption = f"<caption>{text(table.title)}</caption>"
    inner = f"{caption}<thead><tr>{head}</thead><tbody>{rows}</tbody>"
    few = " few" if len(table.rows) <= STAYS_WHOLE else ""
    return f'<div class="scroll"><table class="w{table.words}{few}">{inner}</table></div>'


def _cells(row: Sequence[str]) -> str:
    # A heading in the body of a table is that of its row without being told so, and a brief has thousands.
    return f"<th>{text(row[0])}" + "".join(f"<td>{text(cell)}" for cell in row[1:])


def twin(table: Table, *, label: str = "Show as table", is_open_on_paper: bool = False) -> str:
    """A table folded away under a line that opens it."""
    paper = ' class="paper"' if is_open_on_paper else ""
    return f"<details{paper}><summary>{text(label)}</summary>{table_html(table)}</details>"


def _live(spec: dict, words: dict[str, int]) -> dict:
    """The spec for the screen: as wide as the place it finds, its data shortened."""
    data = {name: _short(rows, words) for name, rows in spec.get("datasets", {}).items()}
    return {**spec, "datasets": data, "width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}


def _short(rows: list[dict], words: dict[str, int]) -> dict[str, list]:
    """Rows as lists without their empty ends; texts as places in the list of all words of the page."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    full = [name for name in names if all(row.get(name) is not None for row in rows)]
    names = full + [name for name in names if name not in full]
    texts = [name for name in names if any(isinstance(row.get(name), str) for row in rows)]
    return {"names": names, "texts": texts, "rows": [_cut([row.get(n) for n in names], words) for row in rows]}


def _cut(values: list, words: dict[str, int]) -> list:
    while values and values[-1] is None:
        values.pop()
    return [words.setdefault(value, len(words)) if isinstance(value, str) else value for value in values]


def still_svg(spec: dict, prefix: str) -> str:
    """A chart as SVG for paper, with identifiers that no other chart has and no more digits than a printer can use."""
    layers = [layer for layer in spec.get("layer", []) if not str(layer.get("name", "")).startswith(HOVER)]
    bare = {**spec, "layer": layers} if layers else spec
    svg = vl_convert.vegalite_to_svg(bare, vl_version=VEGA_LITE, config=CONFIG)
    for name in dict.fromkeys(ID.findall(svg)):
        svg = svg.replace(f'id="{name}"', f'id="{prefix}-{name}"').replace(f"url(#{name})", f"url(#{prefix}-{name})")
    svg = FLAT.sub(_stepwise, IDLE.sub("", TAG.sub(_shorter_tag, svg)))
    svg = re.sub(r"<g>((?:<g/>)*)</g>|<g/>", "", svg)
    label = html.escape(str(spec.get("description", "")), quote=True)
    size = re.search(r'<svg[^>]*?width="([\d.]+)"', svg)
    style = f' style="max-width:{float(size[1]):.0f}px"' if size else ""
    return re.sub(r"<svg ", f'<svg role="img" aria-label="{label}"{style} ', svg, count=1)


def _shorter_tag(match: re.Match[str]) -> str:
    """A tag with its numbers shortened; what stands between tags is for readers and stays."""
    return LONG.sub(_shorter, match[0])


def _stepwise(match: re.Match[str]) -> str:
    """A path told by its steps, which are shorter than its places."""
    parts, told = re.split("[ML]", match[1])[1:], []
    kinds = re.findall("[ML]", match[1])
    at = (0, 0)
    for kind, part in zip(kinds, parts, strict=True):
        to = tuple(round(10 * float(number)) for number in part.split(","))
        steps = [
            f"{(new - old) / 10:g}".replace("0.", ".", 1) if abs(new - old) < 10 else f"{(new - old) / 10:g}"
            for new, old in zip(to, at, strict=True)
        ]
        told.append(
            f"{kind}{part}" if kind == "M" else f"l{steps[0]}{'' if steps[1].startswith('-') else ','}{steps[1]}"
        )
        at = to
    return f' d="{"".join(told)}{match[2]}"'


def _shorter(match: re.Match[str]) -> str:
    return f"{float(match[0]):.1f}".removesuffix(".0")


@functools.cache
def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script that sets ``window.vegaEmbed``; no request is made for it."""
    script = vl_convert.javascript_bundle(vl_version=VEGA_LITE)  # pyright: ignore[reportCallIssue]
    return f"/* {LICENCE} */\n(() => {{{script}}})();"


def render(page: Page, *, title: str, description: str, skip: str = "To the answer") -> str:
    """The page as one HTML file with styles, scripts and data inside, and a policy that allows nothing else.

    Args:
        page: What stands on it; the part with the identifier ``answer`` is where ``skip`` leads.
        title: Title of the window.
        description: The page in a sentence.
        skip: Words of the link that skips to the main part.
    """
    theme = resources.files("westphalia.report") / "theme_files"
    own, vega = (theme / "page.js").read_text(encoding="utf-8"), vega_bundle()
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in (own, vega))
    data = {"config": CONFIG, "words": list(page.words), "specs": page.specs}
    return Template((theme / "page.html").read_text(encoding="utf-8")).substitute(
        title=text(title),
        description=text(description),
        skip=text(skip),
        style=(theme / "page.css").read_text(encoding="utf-8"),
        policy=f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:",
        body="\n".join(page.parts),
        data=_packed(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        licence=LICENCE,
        vega=_packed(vega),
        script=own,
    )


def _packed(words: str) -> str:
    """Text compressed, in letters that any page may hold."""
    return base64.b64encode(gzip.compress(words.encode(), mtime=0)).decode()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
