// Puts live charts in the place of the stills, one after the other so that the page stays quick; opens on paper what
// belongs there.
(() => {
  const root = document.documentElement;
  const problems = [];
  const fail = (error) => {
    problems.push(String((error && error.message) || error));
    root.dataset.problems = problems.join("; ");
  };
  window.addEventListener("error", (event) => fail(event.error || event.message));
  window.addEventListener("unhandledrejection", (event) => fail(event.reason));

  // Charts and chart library lie in this page, compressed.
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };

  const rowsOf = ({ names, texts, rows }, words) =>
    rows.map((row) =>
      Object.fromEntries(
        names.map((name, index) => {
          const value = row[index] ?? null;
          return [name, texts.includes(name) && value !== null ? words[value] : value];
        }),
      ),
    );
  const readCharts = async () => {
    const { config, words, specs } = JSON.parse(await unpack("charts"));
    for (const spec of specs) {
      for (const [name, data] of Object.entries(spec.datasets || {})) spec.datasets[name] = rowsOf(data, words);
    }
    return { config, specs };
  };

  // The page's policy admits the library by its checksum.
  const loadVega = async () => {
    const script = document.createElement("script");
    script.textContent = await unpack("vega");
    document.head.append(script);
  };
  const OPTIONS = { mode: "vega-lite", actions: false, renderer: "svg", ast: true, tooltip: { theme: "custom" } };

  const draw = async (place, { config, specs }) => {
    const live = place.querySelector(".live");
    place.classList.add("is-live");
    try {
      await vegaEmbed(live, specs[Number(place.dataset.chart)], { ...OPTIONS, config });
    } catch (error) {
      place.classList.remove("is-live");
      fail(error);
    }
  };

  const drawAll = async () => {
    const charts = await readCharts();
    await loadVega();
    const places = [...document.querySelectorAll("[data-chart]")];
    for (const [index, place] of places.entries()) {
      await draw(place, charts);
      root.dataset.charts = `${index + 1} of ${places.length}`;
      await new Promise((resume) => setTimeout(resume, 0));
    }
  };

  // Each table that stands for a chart as CSV, inside the address of a link.
  const plain = (cell) => cell.textContent.replaceAll("\u00a0", " ").replaceAll("\u2212", "-");
  const quoted = (words) => (/[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
  const offerCsv = (table) => {
    const lines = [...table.rows].map((row) => [...row.cells].map((cell) => quoted(plain(cell))).join(","));
    const link = document.createElement("a");
    link.className = "csv";
    link.textContent = "The same as CSV";
    link.download = `${table.caption.textContent.toLowerCase().match(/[a-z0-9]+/g).slice(0, 6).join("-")}.csv`;
    link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(lines.join("\n"))}`;
    table.closest("details").append(link);
  };
  document.querySelectorAll("details table").forEach(offerCsv);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.paper:not([open])")];
    opened.forEach((each) => (each.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));

  drawAll();
})();
