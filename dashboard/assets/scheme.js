/* Light and dark: the button in the header switches, the browser remembers. Mantine reads the same word on the root element; the tables are
   told by a word of their own. */
(() => {
  const KEY = "mantine-color-scheme-value";
  const root = document.documentElement;
  const wanted = () => {
    const kept = localStorage.getItem(KEY);
    if (kept === "light" || kept === "dark") return kept;
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  };
  const tell = () => {
    const scheme = root.dataset.mantineColorScheme || wanted();
    if (root.dataset.agThemeMode !== scheme) root.dataset.agThemeMode = scheme;
  };
  new MutationObserver(tell).observe(root, { attributeFilter: ["data-mantine-color-scheme"] });
  root.dataset.mantineColorScheme = wanted();
  // Paper is white.
  let onScreen = null;
  window.addEventListener("beforeprint", () => {
    onScreen = root.dataset.mantineColorScheme;
    root.dataset.mantineColorScheme = "light";
  });
  window.addEventListener("afterprint", () => (root.dataset.mantineColorScheme = onScreen));
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#scheme")) return;
    const scheme = root.dataset.mantineColorScheme === "dark" ? "light" : "dark";
    localStorage.setItem(KEY, scheme);
    root.dataset.mantineColorScheme = scheme;
  });
})();
