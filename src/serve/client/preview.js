// The preview in the browser: follows the site, shows what is wrong over the last good page, and what the page is.
(() => {
  "use strict";
  const own = document.currentScript;
  const { page, tag } = own.dataset;
  const SCROLL = `leitwerk-scroll:${page}`;
  const REDLINE = "leitwerk-redline";
  const LINES = "leitwerk-lines";
  let source, root, notes, article, problems = { errors: 0, warnings: 0, list: [] };

  // A reload must not lose the place.
  const kept = sessionStorage.getItem(SCROLL);
  if (kept !== null) {
    sessionStorage.removeItem(SCROLL);
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }
  function reload() {
    sessionStorage.setItem(SCROLL, String(scrollY));
    location.reload();
  }

  // Hidden tabs let go of the server: browsers hold only six connections to it.
  function follow() {
    if (document.hidden) {
      source?.close();
      source = undefined;
      return;
    }
    if (source) return;
    source = new EventSource(`/__leitwerk/events?page=${encodeURIComponent(page)}`);
    source.addEventListener("page", ({ data }) => data === tag || reload());
    source.addEventListener("asset", ({ data }) => changeAsset(data));
    source.addEventListener("missed", reload);
    source.addEventListener("problems", ({ data }) => {
      problems = JSON.parse(data);
      showProblems();
    });
    source.addEventListener("settled", load);
    source.onopen = () => root?.host.removeAttribute("data-lost");
    source.onerror = () => root?.host.setAttribute("data-lost", "");
  }
  addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());

  // A path as it is read; a sign `%` that encodes nothing stays.
  function readable(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  // A style is exchanged in place; pictures and scripts that the page has loaded make it load again.
  function changeAsset(path) {
    const isIt = (url) => readable(new URL(url, location.href).pathname).endsWith(`/${path}`);
    const styles = [...document.querySelectorAll("link[rel=stylesheet]")].filter(({ href }) => isIt(href));
    const last = styles.at(-1);
    if (last) {
      const next = last.cloneNode();
      next.href = `${last.href.split("?")[0]}?${Date.now()}`;
      // Until it is there, the page keeps the one that was shown; one that never came goes with it.
      next.addEventListener("load", () => styles.forEach((style) => style.remove()));
      last.after(next);
    }
    const loaded = performance.getEntriesByType("resource").some(({ name }) => isIt(name.split("?")[0]));
    if (styles.length === 0 && loaded) reload();
  }

  function element(name, attributes = {}, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...content.filter((piece) => piece !== undefined && piece !== null));
    return made;
  }

  const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  // Errors lie over the page until they are mended; who wants to read on folds them away.
  function showProblems() {
    if (!root) return;
    root.querySelector(".problems")?.remove();
    const errors = problems.list.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      const items = problems.list.map((problem) =>
        element("li", { class: problem.severity },
          element("p", {}, element("strong", {}, problem.code), " ", problem.message),
          problem.address && element("p", {}, element("a", { href: problem.address }, problem.line ? `${problem.file}:${problem.line}` : problem.file)),
          element("pre", { tabindex: "0" }, problem.frame.split("\n").slice(2).join("\n"))));
      const fold = element("button", { type: "button", "aria-expanded": "true", onclick: () => {
        const folded = box.classList.toggle("folded");
        fold.setAttribute("aria-expanded", String(!folded));
        fold.textContent = folded ? "Ausklappen" : "Einklappen";
      } }, "Einklappen");
      const warnings = problems.warnings > 0 ? ` und ${counted(problems.warnings, "Warnung", "Warnungen")}` : "";
      const title = `${counted(problems.errors, "Fehler", "Fehler")}${warnings}: Es bleibt die letzte gute Fassung der Seite stehen.`;
      const box = element("section", { class: "problems", role: "alert", "aria-label": "Fehler" }, element("div", { class: "head" }, element("h2", {}, title), fold), element("ol", {}, ...items));
      root.append(box);
    }
    showBar();
  }

  function showBar() {
    if (!root) return;
    const open = [...root.querySelectorAll("details[open]")].map(({ className }) => className);
    root.querySelector(".bar")?.remove();
    const bar = element("section", { class: "bar", "aria-label": "Vorschau" });
    bar.append(element("strong", { class: notes?.draft ? "draft" : "" }, notes?.label ?? "Vorschau"));
    if (notes?.redline) {
      const on = sessionStorage.getItem(REDLINE) === "on";
      bar.append(element("button", { type: "button", class: "redline", "aria-pressed": String(on), onclick: () => setRedline(!on) }, `Änderungen gegenüber ${notes.against}`));
    }
    if (notes?.changes?.length) bar.append(list("changes", counted(notes.changes.length, "Änderung", "Änderungen"), notes.changes.map(changeItem), open));
    if (notes?.warnings?.length) bar.append(list("warnings", counted(notes.warnings.length, "Warnung", "Warnungen"), notes.warnings.map(warningItem), open));
    if (notes?.lines?.length) {
      const on = sessionStorage.getItem(LINES) === "on";
      bar.append(element("button", { type: "button", class: "lines", "aria-pressed": String(on), onclick: () => setLines(!on) }, "Quelltext"));
    }
    if (notes?.address) bar.append(element("a", { href: notes.address, class: "source" }, notes.source.split("/").pop()));
    const rest = problems.warnings - (notes?.warnings?.length ?? 0);
    if (rest > 0) bar.append(element("span", { class: "rest" }, `${counted(rest, "Warnung", "Warnungen")} anderswo`));
    root.append(bar);
    // The end of the page must not lie under the bar.
    document.body.style.paddingBlockEnd = `${bar.offsetHeight}px`;
  }

  function list(name, title, items, open) {
    return element("details", { class: name, open: open.includes(name) }, element("summary", {}, title), element("ol", {}, ...items));
  }

  function changeItem({ place, kinds, path, lacks_reason }) {
    return element("li", {}, element("a", { href: path }, place), ` ${kinds.join(", ")}`, lacks_reason ? element("em", {}, " ohne Begründung") : "");
  }

  function warningItem({ message, address, line, code }) {
    return element("li", {}, element("a", { href: address }, line ? `Zeile ${line}` : code), ` ${message}`);
  }

  // The chapter with its changes marked is the part of the redline page that is about it.
  async function setRedline(on) {
    sessionStorage.setItem(REDLINE, on ? "on" : "off");
    article ??= document.querySelector("main > article") ?? document.querySelector("main").firstElementChild;
    if (!on) {
      document.querySelectorAll("[data-leitwerk-redline]").forEach((other) => other.remove());
      article.style.display = "";
    } else if (notes?.redline) {
      const [path, anchor] = notes.redline;
      const text = await (await fetch(path)).text();
      const marked = new DOMParser().parseFromString(text, "text/html");
      const part = marked.getElementById(anchor) ?? element("p", {}, "In diesem Kapitel ist nichts geändert.");
      for (const link of part.querySelectorAll("[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), new URL(path, location.href)).href);
      for (const image of part.querySelectorAll("[src]")) image.setAttribute("src", new URL(image.getAttribute("src"), new URL(path, location.href)).href);
      const place = element("div", { "data-leitwerk-redline": true }, document.adoptNode(part));
      // Another one may have come while this one was fetched.
      document.querySelectorAll("[data-leitwerk-redline]").forEach((other) => other.remove());
      article.style.display = "none";
      article.after(place);
    }
    showBar();
  }

  // Beside each paragraph the line of the file that it comes from.
  function setLines(on) {
    sessionStorage.setItem(LINES, on ? "on" : "off");
    document.querySelectorAll("leitwerk-line").forEach((line) => line.remove());
    if (on) {
      for (const { id, place, address } of notes?.lines ?? []) {
        const block = document.getElementById(id);
        if (!block) continue;
        const line = element("leitwerk-line");
        const inside = line.attachShadow({ mode: "open" });
        inside.append(element("link", { rel: "stylesheet", href: "/__leitwerk/preview.css" }), element("a", { class: "line", href: address }, place.split("/").pop()));
        block.append(line);
      }
    }
    showBar();
  }

  async function load() {
    notes = await (await fetch(`/__leitwerk/page?page=${encodeURIComponent(page)}`)).json();
    if (sessionStorage.getItem(REDLINE) === "on" && notes.redline) await setRedline(true);
    if (sessionStorage.getItem(LINES) === "on") setLines(true);
    showBar();
  }

  addEventListener("DOMContentLoaded", () => {
    const host = element("leitwerk-preview");
    root = host.attachShadow({ mode: "open" });
    root.append(element("link", { rel: "stylesheet", href: "/__leitwerk/preview.css" }));
    document.body.append(host);
    follow();
    load().catch(() => showBar());
  });
})();
