/* "PNG" on a panel saves its chart as a picture: drawn by the browser itself, in the light colours that a document wants. */
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-png]") : null;
  if (!button) return;
  const graph = document.querySelector(`#${CSS.escape(button.dataset.png)} .js-plotly-plot`);
  if (!graph) return;
  const title = button.closest(".panel")?.querySelector("h2")?.textContent ?? "gongkai";
  const heading = [...(document.querySelector("h1")?.children ?? [])].map((part) => part.textContent).join(" ");
  const figure = {
    data: graph.data,
    layout: {
      ...graph.layout,
      paper_bgcolor: "#ffffff",
      showlegend: true,
      legend: { orientation: "h", y: -0.2, yanchor: "top" },
      margin: { ...graph.layout.margin, t: 64 + (graph.layout.margin?.t ?? 0), b: 90 },
      title: { text: `${title}<br><sup>${heading}</sup>`, x: 0.02, xanchor: "left" },
    },
  };
  window.Plotly.downloadImage(figure, { format: "png", width: 1200, height: Math.max(640, graph.clientHeight + 150), scale: 2, filename: `gongkai-${button.dataset.png}` });
});
