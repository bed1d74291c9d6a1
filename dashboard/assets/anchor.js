/* A link to a place in a page: the page is drawn after the address is read, so the browser looks for the place too early. */
(() => {
  const look = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (!id) return;
    const until = Date.now() + 10000;
    const wait = () => {
      const found = document.getElementById(id);
      if (found) {
        found.scrollIntoView({ block: "center" });
        found.classList.add("is-target");
      } else if (Date.now() < until) setTimeout(wait, 100);
    };
    wait();
  };
  window.addEventListener("load", look);
  // A link within the pages.
  window.addEventListener("_dashprivate_pushstate", look);
})();
