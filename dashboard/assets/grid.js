/* The keyboard in tables. A table is two stops of the tab key, its headings and its cells: a stop at every cell of a thousand rows would hold
   the focus for good. Arrows move within, Enter opens what a cell holds. */
(() => {
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

  // False leaves the way out to the browser.
  functions.tabFromHeading = ({ backwards, previousHeaderPosition }) =>
    backwards || !previousHeaderPosition ? false : { headerRowIndex: -1, column: previousHeaderPosition.column };
  functions.tabFromCell = () => false;

  const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
  document.addEventListener(
    "keydown",
    (event) => {
      const cell = event.target instanceof Element ? event.target.closest(".ag-cell") : null;
      if (!cell) return;
      const links = [...cell.querySelectorAll("a[href]")];
      const at = links.indexOf(event.target);
      if (event.target === cell && event.key === "Enter" && links.length) {
        if (links.length === 1) links[0].click();
        else links[0].focus();
      } else if (at >= 0 && links[at + STEPS[event.key]]) links[at + STEPS[event.key]].focus();
      else if (at >= 0 && event.key === "Escape") cell.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
})();
