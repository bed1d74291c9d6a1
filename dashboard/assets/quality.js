/* Cells that lead on: to another address of this page without a reload, to a place in a report, to a notice. */
(() => {
  const functions = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const element = (...parts) => React.createElement(...parts);
  const words = (props) => props.data.words?.[props.colDef.field] ?? props.value;

  // What a choice leads to is drawn after the answer of the server; it is brought into view when it is there.
  const bring = (id) => {
    const until = Date.now() + 5000;
    const look = () => {
      const found = document.getElementById(id);
      if (found && !document.querySelector('#body[data-dash-is-loading="true"]')) {
        found.scrollIntoView({ block: "start" });
        found.focus({ preventScroll: true });
      } else if (Date.now() < until) setTimeout(look, 100);
    };
    setTimeout(look, 300);
  };

  functions.Choose = (props) => {
    if (!props.data) return null;
    const go = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const wanted = new URL(props.data.href, window.location.href);
      window.dash_clientside.set_props("address", { search: wanted.search });
      bring(props.data.show);
    };
    return element("a", { href: props.data.href, className: "cell-link", tabIndex: -1, onClick: go }, words(props));
  };

  functions.PlaceLink = (props) =>
    props.data && element("a", { href: props.data.place_href, title: words(props), tabIndex: -1 }, words(props));

  functions.Words = (props) => props.data && element("span", { title: words(props) }, words(props));

  functions.Kind = (props) =>
    props.data && element("span", { className: `chip is-${props.value}` }, words(props));

  functions.Notices = (props) => {
    if (!props.data) return null;
    if (!props.data.notices) return element("span", { className: "is-few" }, props.none);
    return element(
      "span",
      { className: "cell-notices" },
      Object.entries(props.data.notices).map(([form, href]) => element("a", { key: form, href, className: "tool", download: "", tabIndex: -1 }, form)),
    );
  };
})();
