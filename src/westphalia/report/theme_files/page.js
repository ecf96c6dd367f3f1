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

  const { config, words, specs } = JSON.parse(document.getElementById("charts").textContent);
  const rowsOf = ({ names, texts, rows }) =>
    rows.map((row) =>
      Object.fromEntries(
        names.map((name, index) => {
          const value = row[index] ?? null;
          return [name, texts.includes(name) && value !== null ? words[value] : value];
        }),
      ),
    );
  for (const spec of specs) {
    for (const [name, data] of Object.entries(spec.datasets || {})) spec.datasets[name] = rowsOf(data);
  }

  // The chart library lies in this page, compressed; the page's policy admits it by its checksum.
  const unpackVega = async () => {
    const bytes = Uint8Array.from(atob(document.getElementById("vega").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  };
  const options = { mode: "vega-lite", actions: false, renderer: "svg", ast: true, config, tooltip: { theme: "custom" } };

  const draw = async (place) => {
    const live = place.querySelector(".live");
    place.classList.add("is-live");
    try {
      await vegaEmbed(live, specs[Number(place.dataset.chart)], options);
    } catch (error) {
      place.classList.remove("is-live");
      fail(error);
    }
  };

  const drawAll = async () => {
    await unpackVega();
    const places = [...document.querySelectorAll("[data-chart]")];
    for (const [index, place] of places.entries()) {
      await draw(place);
      root.dataset.charts = `${index + 1} of ${places.length}`;
      await new Promise((resume) => setTimeout(resume, 0));
    }
  };

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.paper:not([open])")];
    opened.forEach((each) => (each.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));

  drawAll();
})();
