/* On a narrow screen the navigation scrolls sideways: the page that is shown must be in sight. */
(() => {
  let shown = null;
  new MutationObserver(() => {
    const here = document.querySelector(".nav-link.is-here");
    if (here === shown) return;
    shown = here;
    if (!here) return;
    const row = here.parentElement;
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["class"] });
})();
