/* Cell renderers of the tables. A missing number is a dash; a rate over too few cases is words, not a number. */
(() => {
  const functions = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const element = (...parts) => React.createElement(...parts);

  // A row of a long table is drawn before its data is there.
  functions.ReportLink = (props) => props.data && element("a", { href: props.data.href, className: "cell-link", tabIndex: -1 }, props.value);

  // With enough cases (`least`) there is no rate because a part of it is unknown.
  functions.Rate = (props) =>
    !props.data
      ? null
      : props.value === null || props.value === undefined
      ? element("span", { className: "is-few" }, props.data.processed >= props.least ? "—" : props.few)
      : element("span", null, `${props.value.toFixed(1).replace("-", "\u2212")}%`); // a minus sign, not a hyphen

  functions.Broken = (props) => {
    if (!props.data) return null;
    if (props.value === null || props.value === undefined) return element("span", null, "—");
    return props.value > 0
      ? element("span", { className: "chip is-fail" }, `⚠ ${props.value}`)
      : element("span", { className: "is-few" }, "0");
  };
})();
