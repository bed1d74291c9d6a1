/* One tooltip for everything that carries data-tip: on hover, on keyboard focus, and on touch (which focuses). It stands
   outside of the scrolling boxes, so that none of them clips it. Escape closes it. */
(() => {
  const GAP = 8;
  let box = null;
  let owner = null;

  const hide = () => {
    if (owner) owner.removeAttribute("aria-describedby");
    if (box) box.hidden = true;
    owner = null;
  };

  const show = (target) => {
    if (target === owner) return;
    hide();
    owner = target;
    if (!box) {
      box = document.createElement("div");
      box.id = "tip";
      box.setAttribute("role", "tooltip");
      document.body.append(box);
    }
    box.textContent = target.dataset.tip;
    box.hidden = false;
    target.setAttribute("aria-describedby", "tip");
    place();
  };

  const place = () => {
    const at = owner.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = Math.min(Math.max(GAP, at.left + at.width / 2 - width / 2), window.innerWidth - width - GAP);
    const above = at.top - height - GAP;
    box.style.left = `${left}px`;
    box.style.top = `${above > 0 ? above : at.bottom + GAP}px`;
  };

  const ownerOf = (event) => (event.target instanceof Element ? event.target.closest("[data-tip]") : null);
  const follow = (event) => {
    const target = ownerOf(event);
    if (target) show(target);
    else hide();
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("focusout", hide);
  // Focus itself scrolls to what is out of sight: its tooltip goes along.
  document.addEventListener("scroll", () => (owner && owner === document.activeElement ? place() : hide()), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
