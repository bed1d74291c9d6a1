/* The workbench in the browser: numbers of the lines, keys, names that are put into the editor, the start of a run, the chart. */
(() => {
  const MOST_BARS = 500;
  const FEWEST_ROWS = 10;
  const ID_BYTES = 16;

  /* What is typed and not run, and the address it was typed at: the page is drawn anew when a release is published or the
     language changes, and must not lose it. */
  let draft = { sql: null, text: "" };

  const editor = () => document.getElementById("sql-text");
  const inAddress = () => new URLSearchParams(window.location.search).get("sql") ?? "";
  const isFirst = () => !window.dash_clientside.callback_context.triggered.length;

  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(ID_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const start = (clicks, linked, text) => {
    const { triggered } = window.dash_clientside.callback_context;
    const isLink = !triggered.some((each) => each.prop_id === "sql-run.n_clicks");
    const sql = isLink ? linked : text;
    return sql && sql.trim() ? { id: newId(), sql } : window.dash_clientside.no_update;
  };

  const number = (text) => {
    const now = inAddress();
    if (isFirst() && draft.sql === now && draft.text !== (text ?? "")) {
      text = draft.text;
      window.dash_clientside.set_props("sql-text", { value: text });
    }
    draft = { sql: now, text: text ?? "" };
    const lines = (text ?? "").split("\n").length;
    return [Array.from({ length: lines }, (_, line) => line + 1).join("\n"), Math.max(lines, FEWEST_ROWS)];
  };

  const message = (words, layout) => ({
    data: [],
    layout: {
      ...layout,
      xaxis: { visible: false },
      yaxis: { visible: false },
      annotations: [{ text: words, showarrow: false, font: { size: 14 } }],
    },
  });

  const draw = (kind, x, y, series, rows, columns, look) => {
    const { layout, repeated, many } = look;
    const name = (field) => columns.find((column) => column.field === field).headerName;
    const label = (value) => value ?? look.null;
    const traces = new Map();
    for (const row of rows) {
      const key = series ? label(row[series]) : "";
      if (!traces.has(key)) traces.set(key, { x: [], y: [] });
      traces.get(key).x.push(label(row[x]));
      /* A number too long for JavaScript is text here, and a null is a gap. */
      traces.get(key).y.push(row[y] === null ? null : Number(row[y]));
    }
    /* A value of x that comes twice would be drawn over itself, or added up: neither is what the answer says. */
    if ([...traces.values()].some((trace) => new Set(trace.x).size < trace.x.length)) return message(repeated, layout);
    if (kind === "bar" && rows.length > MOST_BARS) return message(many, layout);
    const places = [...new Set(rows.map((row) => label(row[x])))];
    const isCount = places.every((place) => Number.isInteger(place));
    if (isCount) places.sort((one, other) => one - other);
    return {
      data: [...traces].map(([key, trace]) => ({
        type: kind === "bar" ? "bar" : "scatter",
        ...(kind === "line" ? { mode: rows.length > 200 ? "lines" : "lines+markers" } : {}),
        name: String(key),
        ...trace,
      })),
      layout: {
        ...layout,
        showlegend: Boolean(series),
        /* Years are names, not quantities: no 2019.5 between them. */
        xaxis: { ...layout.xaxis, title: { text: name(x) }, type: "category", categoryorder: "array", categoryarray: places },
        yaxis: { ...layout.yaxis, title: { text: name(y) } },
      },
    };
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.workbench = { start, number, draw, address: () => window.location.href };

  document.addEventListener("keydown", (event) => {
    if (event.target === editor() && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.getElementById("sql-run").click();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
    if (!button || !editor()) return;
    editor().focus();
    /* Deprecated by name, but the one way to type for someone that their undo key knows of. */
    document.execCommand("insertText", false, button.dataset.insert);
  });

  const functions = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  functions.Null = (props) =>
    props.value === null || props.value === undefined
      ? React.createElement("span", { className: "is-null" }, "NULL")
      : String(props.value);
})();
