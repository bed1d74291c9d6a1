// A graph is drawn for its place on the screen, in pixels; on paper the style sheet scales it to its panel.
(() => {
  const graphs = () => document.querySelectorAll(".js-plotly-plot .svg-container");

  window.addEventListener("beforeprint", () =>
    graphs().forEach((graph) => {
      const [width, height] = [graph.offsetWidth, graph.offsetHeight];
      graph.style.setProperty("--width", `${width}px`);
      graph.style.setProperty("--ratio", `${width} / ${height}`);
      graph.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${width} ${height}`));
    }),
  );

  // Plotly draws in pixels again.
  window.addEventListener("afterprint", () =>
    graphs().forEach((graph) =>
      graph.querySelectorAll(".main-svg").forEach((svg) => svg.removeAttribute("viewBox")),
    ),
  );
})();
