// What only a script can do, and no page needs: buttons that copy, cards that close, links that know the paragraph.
"use strict";

const words = document.currentScript.dataset;
const base = document.querySelector('link[rel="canonical"]')?.href ?? location.href;

/** Puts a button behind an element that copies what `text` gives. */
function addCopyButton(element, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    button.textContent = (await copied(text())) ? words.copied : words.copyFailed;
    setTimeout(() => (button.textContent = words.copy), 2000);
  });
  button.setAttribute("aria-live", "polite");
  element.after(" ", button);
}

/** Whether the text is in the clipboard now; a page from the disk may not be allowed to. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The public address of a link, also where the page is read from a preview or from the disk. */
function publicAddress(link) {
  return new URL(link.getAttribute("href"), base).href;
}

/** A card gets its buttons when it is opened first: most never are. */
function prepare(card) {
  if (card.dataset.ready) return;
  card.dataset.ready = "yes";
  for (const text of card.querySelectorAll(".copy")) addCopyButton(text, () => text.textContent.trim());
  for (const link of card.querySelectorAll("a.take")) addCopyButton(link, () => publicAddress(link));
}

function closeCards(except) {
  for (const open of document.querySelectorAll("details.line-number[open]")) {
    if (!open.contains(except)) open.open = false;
  }
}

/** A fragment's text; one that is not encoded rightly, like `%`, means itself. */
function decoded(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Leads the notice to the paragraph that the address names. */
function followFragment() {
  const line = location.hash.length > 1 ? document.getElementById(decoded(location.hash.slice(1))) : null;
  const there = line?.querySelector(".today a")?.getAttribute("href");
  for (const link of document.querySelectorAll(".notice-superseded a, .notice-upcoming a")) {
    link.dataset.page ??= link.getAttribute("href");
    link.setAttribute("href", there ?? link.dataset.page);
  }
}

/** Marks in the contents the section that is read. */
function followReading() {
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(decoded(id))).filter(Boolean);
  const mark = () => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (read) links.get(encodeURIComponent(read.id))?.setAttribute("aria-current", "true");
  };
  if (headings.length > 1) addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
}

document.addEventListener("toggle", ({ target }) => {
  if (target.matches("details.line-number") && target.open) prepare(target);
}, true);
document.addEventListener("click", ({ target }) => closeCards(target));
document.addEventListener("keydown", ({ key }) => {
  const open = key === "Escape" && document.querySelector("details.line-number[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.querySelectorAll(".citation, .rail > .card").forEach(prepare);
addEventListener("hashchange", followFragment);
followFragment();
followReading();

// A slash leads to the search, unless something is typed elsewhere.
const searchField = document.querySelector("form.search input, .site-search input");
addEventListener("keydown", (event) => {
  const typed = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typed || !searchField) return;
  event.preventDefault();
  searchField.focus();
});
