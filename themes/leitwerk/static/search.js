// The search: asks the indexes, shows what is found with its paragraph, and offers words that may be meant.

const form = document.querySelector("form.search");
const [input, choices, older] = ["input[type=search]", ".search-choices", ".search-older"].map((name) => form.querySelector(name));
const [found, status, list, more, names] = [".search-found", ".search-status", ".search-results", ".search-more", ".search-names"].map((name) => document.querySelector(name));
const indexes = JSON.parse(form.dataset.indexes);
const folder = new URL(".", new URL(form.getAttribute("action"), location.href));
const root = new URL(document.querySelector(".site-title a").getAttribute("href"), location.href);
const FILTERS = ["kind", "value", "authority", "year"];
const PAGE = 10;
const PATIENCE = 20_000;

let engine, typing, asked = 0, hits = [], shown = 0;

/** The program of the search with the indexes of what is in force; older releases when they are asked for. */
async function searcher(withOlder) {
  engine ??= (async () => {
    const made = await import(new URL(`${indexes[0].folder}pagefind.js`, folder));
    await made.options({ baseUrl: "/", noWorker: true, ranking: { termFrequency: 0.6, termSimilarity: 6 } });
    await made.init();
    // A program that does not load says nothing; then nobody waits for it forever.
    await Promise.race([made.filters(), new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
    return { made, merged: new Set([indexes[0].folder]) };
  })();
  const { made, merged } = await engine;
  for (const index of indexes.filter(({ folder: name, isDefault }) => (withOlder || isDefault) && !merged.has(name))) {
    merged.add(index.folder);
    await made.mergeIndex(new URL(index.folder, folder).href, { baseUrl: "/" });
  }
  return made;
}

/** A word as it is compared: small letters, umlauts and their spellings alike. */
function folded(text) {
  return text.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
}

const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** What of a word stands before its ending, so that „Qualitäten“ marks „Qualität“. */
const stem = (word) => (word.length > 5 ? word.replace(/(ungen|en|er|es|em|e|n|s)$/, "") : word);

async function search() {
  const turn = ++asked;
  found.setAttribute("aria-busy", "true");
  const chosen = new FormData(form);
  const query = input.value.trim();
  names.hidden = query !== "";
  found.hidden = query === "";
  if (query === "") return;
  try {
    await show(turn, query, chosen);
  } catch {
    if (turn === asked) status.textContent = form.dataset.failed;
  }
  if (turn === asked) found.removeAttribute("aria-busy");
}

/** Shows what is found, unless something else was asked meanwhile. */
async function show(turn, query, chosen) {
  const made = await searcher(chosen.has("alle"));
  await offerFilters(made);
  const filters = Object.fromEntries(FILTERS.filter((name) => chosen.get(name)).map((name) => [name, chosen.get(name)]));
  const result = await made.search(query, { filters });
  if (turn !== asked) return;
  hits = chosen.has("alle") ? result.results : await inForce(result.results);
  const first = await entries(hits.slice(0, PAGE), query);
  if (turn !== asked) return;
  shown = first.length;
  list.replaceChildren(...first);
  more.hidden = shown >= hits.length;
  status.textContent = hits.length === 1 ? form.dataset.one : form.dataset.many.replace("{count}", hits.length);
  if (hits.length === 0) status.textContent = form.dataset.none.replace("{query}", () => query);
  // Where no word of what is shown was typed, another may be meant.
  if (hits.length < 3 || !list.querySelector("mark")) await offerWords(turn, query);
}

/** Once older releases were asked for, their indexes stay; their hits are left out again. */
async function inForce(results) {
  const { merged } = await engine;
  if (merged.size === indexes.filter(({ isDefault }) => isDefault).length) return results;
  const wanted = new Set(indexes.filter(({ isDefault, release }) => isDefault && release).map(({ release }) => release));
  const known = await Promise.all(results.map(async (hit) => [hit, await hit.data()]));
  return known.filter(([, { meta }]) => !meta.release || wanted.has(meta.release)).map(([hit]) => hit);
}

const entries = async (hits, query) => (await Promise.all(hits.map((hit) => hit.data()))).map((hit) => entry(hit, query));

async function showMore() {
  const [turn, next] = [asked, await entries(hits.slice(shown, shown + PAGE), input.value)];
  if (turn !== asked) return;
  list.append(...next);
  next[0]?.querySelector("a").focus();
  shown += next.length;
  more.hidden = shown >= hits.length;
}

/** A hit: the page, the section and the number of the paragraph that fits best, and what it says. */
function entry(hit, query) {
  const item = document.createElement("li");
  const place = bestPlace(hit);
  const link = document.createElement("a");
  const page = new URL(hit.raw_url.replace(/^\//, ""), root);
  // Without a host, which print would write out.
  link.href = page.pathname + (place?.link ? `#${place.link}` : "");
  link.textContent = hit.meta.title;
  const heading = document.createElement("h2");
  heading.append(link);
  const where = [hit.meta.kind, hit.meta.release, hit.meta.date, place?.section, place?.number].filter(Boolean);
  item.append(heading, line("place", where.join(" · ")));
  if (place?.text) item.append(marked(place.text, query));
  return item;
}

function line(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

/** The block in which most of what counts stands, with the last heading and the last fragment that lead to it. */
function bestPlace({ anchors, weighted_locations: places }) {
  let best, section = "", link = "";
  anchors.forEach((anchor, at) => {
    const isOwn = !anchor.id.startsWith("~");
    if (anchor.element === "h2") section = anchor.text;
    if (isOwn) link = anchor.id;
    const end = anchors[at + 1]?.location ?? Infinity;
    const score = places.filter(({ location }) => location >= anchor.location && location < end).reduce((sum, { balanced_score: score }) => sum + score, 0);
    if (score > 0 && (!best || score > best.score)) {
      const number = anchor.id.startsWith("rn-") ? `Rn. ${anchor.id.slice(3)}` : "";
      best = { score, section: anchor.element === "h2" ? "" : section, link, number, text: anchor.text };
    }
  });
  return best;
}

/** Some words around the first that fits, those that fit marked. */
function marked(text, query) {
  const made = line("text", "");
  const stems = wordsOf(query).map((word) => stem(folded(word))).filter(Boolean);
  const pieces = text.split(/([\p{L}\p{N}\u00AD-]+)/u);
  const fits = (piece) => stems.some((stem) => folded(piece).includes(stem));
  const first = Math.max(0, pieces.findIndex(fits));
  const begin = Math.max(0, first - 24), end = Math.min(pieces.length, begin + 70);
  if (begin > 0) made.append("… ");
  for (const piece of pieces.slice(begin, end)) {
    if (!fits(piece)) made.append(piece);
    else made.append(Object.assign(document.createElement("mark"), { textContent: piece }));
  }
  if (end < pieces.length) made.append(" …");
  return made;
}

/** The filters with the values that there are. */
async function offerFilters(made) {
  const known = await made.filters();
  for (const name of FILTERS) {
    const values = Object.keys(known[name] ?? {}).sort((a, b) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b, "de")));
    let select = choices.querySelector(`[name=${name}]`);
    if (!select && values.length > 1) {
      const label = document.createElement("label");
      select = Object.assign(document.createElement("select"), { name });
      label.append(form.dataset[name], " ", select);
      choices.append(label);
    }
    if (!select || select.options.length === values.length + 1) continue;
    const wanted = select.value || new URLSearchParams(location.search).get(name) || "";
    select.replaceChildren(new Option(form.dataset.any, ""), ...values.map((value) => new Option(value, value)));
    select.value = values.includes(wanted) ? wanted : "";
  }
  choices.hidden = choices.children.length === 0;
}

/** Words of the site that differ from those asked for by a letter or two. */
async function offerWords(turn, query) {
  const words = await (await fetch(new URL("words.json", folder))).json();
  const known = new Set(words.map(folded));
  let differs = false;
  const meant = wordsOf(query).map((word) => {
    const asked = folded(word);
    if (word.length < 4 || known.has(asked)) return word;
    const most = asked.length > 7 ? 2 : 1;
    let best = { distance: most + 1 };
    for (const other of words) {
      if (Math.abs(other.length - asked.length) > most + 1) continue;
      const distance = between(asked, folded(other), most);
      if (distance < best.distance) best = { distance, other };
    }
    differs ||= best.other !== undefined;
    return best.other ?? word;
  });
  if (!differs || turn !== asked) return;
  const offer = document.createElement("button");
  offer.type = "button";
  offer.textContent = meant.join(" ");
  offer.addEventListener("click", () => {
    input.value = meant.join(" ");
    // The button goes; the focus must not.
    input.focus();
    go();
  });
  const [before, after] = form.dataset.meant.split("{words}");
  status.append(" ", before, offer, after);
}

/** Insertions, deletions, other letters and swapped neighbours (Damerau 1964), at most `most`. */
function between(a, b, most) {
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** Searches, and keeps what was asked in the address; while somebody types, it is one step of the history. */
function go(isTyping = false) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const address = asked.size > 0 ? `?${asked}` : location.pathname;
  if (address !== (location.search || location.pathname)) history[isTyping ? "replaceState" : "pushState"](null, "", address);
  return search();
}

/** Takes what the address asks. */
function follow() {
  clearTimeout(typing);
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") ?? "";
  if (older) older.querySelector("input").checked = asked.has("alle");
  for (const select of choices.querySelectorAll("select")) select.value = asked.get(select.name) ?? "";
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go();
});
input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go(true), 200);
});
form.addEventListener("change", ({ target }) => target !== input && go());
more.addEventListener("click", showMore);
addEventListener("popstate", follow);
if (older) older.hidden = false;
follow();
