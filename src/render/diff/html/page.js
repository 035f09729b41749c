"use strict";
(() => {
  const id = (name) => document.getElementById(name);
  const all = (query, within) => Array.from((within || document).querySelectorAll(query));
  const rows = all(".row");
  const filters = id("filters");
  if (!filters) return;
  filters.hidden = false;

  const fold = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ");
  const words = new Map(rows.map((row) => [row, fold(row.textContent)]));
  const picked = (name) => (id(name) ? id(name).value : "");
  const has = (list, value) => value === "" || list.split("|").includes(value);

  const show = () => {
    const relations = new Set(all("input[name=relation]", filters).filter((box) => box.checked).map((box) => box.value));
    const query = fold(id("search").value.trim());
    const onlyFindings = id("findings").checked;
    let shown = 0;
    for (const row of rows) {
      const data = row.dataset;
      const fits = relations.has(data.relation) && has(data.kinds, picked("kind")) && has(data.favours, picked("favours"))
        && (!onlyFindings || data.findings !== "0") && words.get(row).includes(query);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const article of all(".article")) {
      article.hidden = !article.querySelector(".row:not([hidden])");
      const entry = document.querySelector(`.contents li[data-article="${article.id}"]`);
      if (entry) entry.hidden = article.hidden;
    }
    id("nothing").hidden = shown > 0 || rows.length === 0;
    id("shown").textContent = shown === rows.length ? `모두 ${shown}줄` : `${rows.length}줄 가운데 ${shown}줄`;
  };
  filters.addEventListener("input", show);
  filters.addEventListener("change", show);

  const unfold = id("unfold");
  const unfoldAll = (open) => {
    all("details.quiet").forEach((row) => { row.open = open; });
    unfold.setAttribute("aria-pressed", String(open));
  };
  unfold.addEventListener("click", () => unfoldAll(unfold.getAttribute("aria-pressed") !== "true"));
  const reset = () => {
    all("input[name=relation]", filters).forEach((box) => { box.checked = true; });
    all("select", filters).forEach((box) => { box.value = ""; });
    id("findings").checked = false;
    id("search").value = "";
    unfoldAll(false);
    show();
  };
  id("reset").addEventListener("click", reset);

  // A link must lead somewhere: what it points at is shown even when a filter hides it.
  const reveal = () => {
    const target = location.hash.length > 1 && id(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) reset();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);

  const walk = (step) => {
    const stops = rows.filter((row) => !row.hidden && !row.classList.contains("quiet"));
    if (stops.length === 0) return;
    const here = document.activeElement && document.activeElement.closest(".row");
    let at = stops.indexOf(here);
    if (at < 0) {
      const below = stops.findIndex((row) => row.getBoundingClientRect().bottom > 60);
      at = below < 0 ? stops.length : below - (step > 0 ? 1 : 0);
    }
    const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };
  const help = id("help");
  const openHelp = () => { if (!help.open) help.showModal(); };
  id("keys").addEventListener("click", openHelp);
  id("help-close").addEventListener("click", () => help.close());

  // By place on the keyboard, so that the keys work while it writes Hangul; one-letter keys can be switched off.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!id("keys-on").checked) return;
    const key = event.code === "Slash" || event.key === "?" || event.key === "/" ? (event.shiftKey || event.key === "?" ? "?" : "/") : event.code;
    const act = { KeyJ: () => walk(1), KeyK: () => walk(-1), "/": () => id("search").focus(), "?": openHelp }[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  if (window.matchMedia("(max-width: 48rem)").matches) {
    const contents = document.querySelector(".contents details");
    if (contents) contents.open = false;
  }
  // What is folded on the screen is printed too where it says something of its own.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details.about:not([open]), details.model:not([open])");
    opened.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
  show();
  reveal();
})();
