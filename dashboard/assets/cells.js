/* Cell renderers of single pages: a name that may lead nowhere, and what became of a year's report. */
(() => {
  const functions = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const element = (...parts) => React.createElement(...parts);

  functions.MaybeLink = (props) =>
    props.data && (props.data.href ? element("a", { href: props.data.href, className: "cell-link", tabIndex: -1 }, props.value) : element("span", null, props.value));

  // A sign and a word beside the colour; nothing where no report was expected.
  functions.Filing = (props) => {
    if (!props.data) return null;
    const words = props.words[props.value];
    return words
      ? element("span", { className: `filing is-${props.value}`, title: words.name }, element("span", { "aria-hidden": true }, words.sign), ` ${words.name}`)
      : element("span", { className: "is-few", title: props.none }, "·");
  };
})();
