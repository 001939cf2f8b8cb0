// Combines the filters of the archive; the address keeps what is chosen.
"use strict";

const template = document.currentScript.dataset.count;
const form = document.querySelector(".archive-filters");
const talks = [...document.querySelectorAll("[data-keys]")].map((line) => ({ line, keys: new Set(line.dataset.keys.split(" ")) }));

/** Shows the talks that have every key that is chosen, and the labs that have such a talk. */
function choose() {
  const chosen = [...new FormData(form)].filter(([, value]) => value !== "");
  const fits = ({ keys }) => chosen.every(([name, value]) => keys.has(`${name}=${value}`));
  for (const talk of talks) talk.line.hidden = !fits(talk);
  for (const lab of document.querySelectorAll(".lab")) {
    lab.hidden = chosen.length > 0 && !lab.querySelector("[data-keys]:not([hidden])");
  }
  const shown = talks.filter(({ line }) => !line.hidden).length;
  form.querySelector(".archive-count").textContent = template.replace("{shown}", shown).replace("{all}", talks.length);
  return new URLSearchParams(chosen).toString();
}

/** Takes what the address says; values that no talk has are left out. */
function follow() {
  const asked = new URLSearchParams(location.search);
  for (const select of form.querySelectorAll("select")) {
    const value = asked.get(select.name) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
  choose();
}

form.addEventListener("change", () => {
  const query = choose();
  history.pushState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", follow);
form.hidden = false;
follow();
