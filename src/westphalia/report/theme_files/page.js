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

  const { config, specs } = JSON.parse(document.getElementById("charts").textContent);
  const rowsOf = ({ names, rows }) =>
    rows.map((row) => Object.fromEntries(row.map((value, index) => [names[index], value])));
  for (const spec of specs) {
    for (const [name, data] of Object.entries(spec.datasets || {})) spec.datasets[name] = rowsOf(data);
  }
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
