/* "PNG" on a panel saves its chart as a picture: drawn by the browser itself, in the light colours that a document wants. */
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-png]") : null;
  if (!button) return;
  const graph = document.querySelector(`#${CSS.escape(button.dataset.png)} .js-plotly-plot`);
  if (!graph) return;
  const title = button.closest(".panel")?.querySelector("h2")?.textContent ?? "gongkai";
  const heading = document.querySelector("h1")?.textContent ?? "";
  const figure = {
    data: graph.data,
    layout: {
      ...graph.layout,
      paper_bgcolor: "#ffffff",
      showlegend: true,
      legend: { orientation: "h", y: -0.2, yanchor: "top" },
      margin: { ...graph.layout.margin, t: 64, b: 90 },
      title: { text: `${title}<br><sup>${heading}</sup>`, x: 0.02, xanchor: "left" },
    },
  };
  window.Plotly.downloadImage(figure, { format: "png", width: 1200, height: 640, scale: 2, filename: `gongkai-${button.dataset.png}` });
});
