/* A choice draws the page anew, and the control that had the focus is gone: whoever works with the keyboard goes on from its successor. */
(() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary";
  let last = null;

  // Within the nearest element whose id is the page's own: Mantine's are others each time.
  const placeOf = (element) => {
    const box = element.closest("[id]:not([id^=mantine-])");
    return box && { element, id: box.id, at: [...box.querySelectorAll(CONTROLS)].indexOf(element), path: window.location.pathname };
  };

  document.addEventListener("focusin", ({ target }) => {
    // The cross of a select goes with the choice; the select stays.
    const input = target.matches(".mantine-InputClearButton-root") && target.parentElement.closest(".mantine-Input-wrapper")?.querySelector("input");
    last = placeOf(input || target);
    if (last) last.focused = target;
  });

  new MutationObserver(() => {
    if (!last || last.focused.isConnected || document.activeElement !== document.body) return;
    const box = last.path === window.location.pathname ? document.getElementById(last.id) : null;
    const found = box && (last.at < 0 ? box : box.querySelectorAll(CONTROLS)[last.at]);
    const isSame = last.at < 0 || (found?.tagName === last.element.tagName && found.textContent === last.element.textContent);
    if (found && isSame) found.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
