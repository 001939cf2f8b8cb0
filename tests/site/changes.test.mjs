// The pages of changes, as a reader without JavaScript uses them: filters, and the way between old and new places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { HEIGHT, assertArrived, click, inPage, pathIn, useBrowser, visit } from "./stage.mjs";

const WITHOUT = { javaScriptEnabled: false };
const CHANGES = ["/leitlinien/2.0/aenderungen/", "/leitlinien/2.0/aenderungen/seit-1.0/", "/leitlinien/1.1/aenderungen/", "/leitlinien/entwurf/aenderungen/"];
const GROUPS = ["kind", "facet", "cause", "chapter"];
const MOVED = "/leitlinien/2.0/aenderungen/";
const VIEWS = ["aenderungsmodus/", "synopse/"];
const MOVES = "Rn.\\s54 steht jetzt in";
const TABLE = "Rn. 51";

useBrowser();

for (const path of CHANGES) {
  test(`${path}: each filter shows its entries, as many as it says, and „alles“ shows all`, () =>
    inPage(WITHOUT, async (page) => {
      await visit(page, path);
      const all = await page.evaluate(shownEntries, "");
      assert.equal(all.shown, await page.locator(".entry").count(), "without a filter not all entries are shown");
      const filters = page.locator(".filters dd a");
      const count = await filters.count();
      assert.ok(count > 0, "there are no filters");
      const faults = [];
      for (let at = 0; at < count; at++) faults.push(...await filterFaults(page, filters.nth(at)));
      assertNone(faults, "faults of filters");
      await click(page, page.locator(".filters .row-side a"));
      assert.deepEqual(await page.evaluate(shownEntries, ""), all, "„alles“ does not show all entries");
    }));
}

test(`${CHANGES[0]} has filters of every group`, () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, CHANGES[0]);
    const anchors = await page.locator(".filters dd a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assertNone(GROUPS.filter((group) => !anchors.some((anchor) => anchor.startsWith(`#lw-${group}-`))), "groups without a filter");
  }));

test("an address that names one entry hides no other", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, CHANGES[0]);
    const { shown } = await page.evaluate(shownEntries, "");
    await visit(page, `${CHANGES[0]}#lw-c68`);
    assert.equal((await page.evaluate(shownEntries, "")).shown, shown);
  }));

for (const view of VIEWS) {
  test(`${view} leads from the old place of a paragraph to the new one and back`, () =>
    inPage(WITHOUT, async (page) => {
      await visit(page, MOVED + view);
      const there = page.locator("a.moved", { hasText: new RegExp(MOVES) }).first();
      const now = await there.getAttribute("href");
      await click(page, there);
      await assertArrived(page, MOVED + view + now);
      const back = page.locator(`${now} a.moved`);
      assert.match(await back.innerText(), /hierher verschoben aus/);
      const old = await back.getAttribute("href");
      await click(page, back);
      await assertArrived(page, MOVED + view + old);
    }));
  test(`${view}: every link between an old and a new place has its way back`, () =>
    inPage(WITHOUT, async (page) => {
      for (const path of CHANGES) {
        await visit(page, path + view);
        assertNone(await page.evaluate(oneWays), `links without a way back on ${path}${view}`);
      }
    }));
}

for (const view of ["", ...VIEWS]) {
  test(`${view || "list"}: rows of a table are rows of a real table, under its head`, () =>
    inPage(WITHOUT, async (page) => {
      await visit(page, MOVED + view);
      assertNone(await page.evaluate(rowsOutsideTables), "cells parted by a sign where a table is compared with a table");
      const table = page.getByRole("table", { name: `Tabelle in ${TABLE}` }).first();
      assert.match(await table.locator("thead").innerText(), /Kennzeichen.*Beispiel.*Folge/s);
      const changed = page.getByRole("table", { name: `Tabelle in ${TABLE}` }).locator("tbody tr", { has: page.locator("td ins") });
      assert.ok(await changed.count() > 0, "no row of the table shows an insertion");
      assert.equal(await changed.locator("td ins, td del").count(), await changed.locator("ins, del").count(), "a mark goes over the end of a cell");
    }));
  test(`${view || "list"}: the key names the signs that occur, and no others`, () =>
    inPage(WITHOUT, async (page) => {
      for (const path of CHANGES) {
        await visit(page, path + view);
        assertNone(await page.evaluate(faultsOfKey), `signs on ${path}${view}`);
      }
    }));
}

test("items of a list are items of a list, with their numbers", () =>
  inPage(WITHOUT, async (page) => {
    for (const view of VIEWS) {
      await visit(page, MOVED + view);
      const strays = await page.locator(".unit-item").evaluateAll((items) => items.filter((item) => !item.closest("li")).map((item) => item.textContent));
      assertNone(strays, `items outside of lists in ${view}`);
      assertNone(await page.locator(".marker").evaluateAll((markers) => markers.filter(({ textContent }) => !/^\d+\. $/.test(textContent)).map(({ textContent }) => textContent)), "markers that are no numbers");
      assert.ok(await page.locator("ol .marker").count() > 0, "no numbered list");
    }
  }));

test("synopsis: a fold says what it holds, and opens without JavaScript to the text or to links", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, `${MOVED}synopse/`);
    const folds = page.locator("details.fold");
    assert.ok(await folds.count() > 5, "there are hardly any folds");
    for (const fold of await folds.all()) {
      const summary = fold.locator("summary").first();
      assert.match(await summary.innerText(), /unverändert/);
      const content = fold.locator(".line-text, .beginnings li").first();
      assert.ok(!await content.isVisible(), "a fold is open");
      await summary.click();
      assert.ok(await content.isVisible(), `„${await summary.innerText()}“ shows nothing`);
    }
    assertNone(await page.locator(".beginnings li").evaluateAll((lines) => lines.filter((line) => !line.querySelector("a[href]")).map((line) => line.textContent)), "beginnings without a link");
  }));

test("synopsis: what was split or joined is shown unit by unit, each with its number", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, `${MOVED}synopse/`);
    for (const [badge, side] of [["split", ".side-new"], ["merged", ".side:not(.side-new)"]]) {
      const pair = page.locator(".pair", { has: page.locator(`.badge-${badge}`) }).first();
      const [labels, texts] = [pair.locator(`${side} .side-label a`), pair.locator(`${side} .side-text`)];
      assert.ok(await texts.count() > 1, `${badge}: one text`);
      assert.equal(await labels.count(), await texts.count(), `${badge}: as many numbers as texts`);
    }
  }));

for (const [device, width, most] of [["desktop", 1280, 120], ["phone", 390, 90]]) {
  test(`synopsis, ${device}: the heading of the chapter stays in sight and covers nothing that is asked for`, () =>
    inPage({ ...WITHOUT, viewport: { width, height: HEIGHT } }, async (page) => {
      await visit(page, `${MOVED}synopse/`);
      const target = page.locator(`#${await page.locator(".pair[id]").nth(20).getAttribute("id")}`);
      await visit(page, `${MOVED}synopse/#${await target.getAttribute("id")}`);
      const head = page.locator(".chapter-changes", { has: target }).locator(".pinned");
      const [bar, there] = [await head.boundingBox(), await target.boundingBox()];
      assert.ok(bar.y >= -1 && bar.y < 2, `the heading is at ${bar.y} px`);
      assert.ok(bar.height <= most, `the heading is ${bar.height} px high`);
      assert.ok(there.y >= bar.y + bar.height - 1, "the heading covers the target");
      const link = target.locator("a").first();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await link.focus();
      const [cover, focused] = [await head.boundingBox(), await link.boundingBox()];
      assert.ok(focused.y >= cover.y + cover.height - 1 || focused.y + focused.height <= cover.y, "the heading covers what has the focus");
      await page.emulateMedia({ media: "print" });
      assert.equal(await head.evaluate((element) => getComputedStyle(element).position), "static", "sticky in print");
    }));
}

/** Follows a filter and compares what is shown with what it says. */
async function filterFaults(page, link) {
  const anchor = await link.getAttribute("href");
  const count = await link.locator(".count").innerText();
  const label = (await link.innerText()).slice(0, -count.length).trim();
  const said = Number(count);
  await click(page, link);
  if (!pathIn(page.url()).endsWith(anchor)) return [`${anchor} is not followed`];
  const { shown, strangers, emptyChapters } = await page.evaluate(shownEntries, anchor);
  const faults = strangers.map((id) => `shows #${id}`);
  if (shown !== said) faults.push(`shows ${shown} entries, not ${said}`);
  if (emptyChapters.length > 0) faults.push(`shows chapters without an entry: ${emptyChapters}`);
  if (!await page.evaluate(saysIt, { anchor, label })) faults.push("shows an entry that does not say so");
  return faults.map((fault) => `${anchor} („${label}“) ${fault}`);
}

/** Runs in the page: how many entries are shown, those that do not belong to the filter, chapters shown for nothing. */
function shownEntries(anchor) {
  const visible = (element) => element.checkVisibility();
  const shown = [...document.querySelectorAll(".entry")].filter(visible);
  const belongs = (entry) => anchor.startsWith("#lw-chapter-") ? Boolean(entry.closest(anchor)) : entry.classList.contains(anchor.slice("#lw-".length));
  const chapters = [...document.querySelectorAll(".chapter-changes")].filter(visible);
  return {
    shown: shown.length,
    strangers: anchor === "" ? [] : shown.filter((entry) => !belongs(entry)).map(({ id }) => id),
    emptyChapters: anchor === "" ? [] : chapters.filter((chapter) => ![...chapter.querySelectorAll(".entry")].some(visible)).map(({ id }) => id),
  };
}

/** Runs in the page: whether each entry that is shown carries the words of the filter where a reader looks for them. */
function saysIt({ anchor, label }) {
  const places = { kind: ".badge", facet: ".facets .label", cause: ".reason .label" };
  const place = places[anchor.split("-")[1]];
  const says = (entry) => [...entry.querySelectorAll(place)].some(({ textContent }) => textContent.includes(label));
  return !place || [...document.querySelectorAll(".entry")].filter((entry) => entry.checkVisibility()).every(says);
}

/** Runs in the page: rows that are shown as lines of text though both texts have them in a table. */
function rowsOutsideTables() {
  const parted = [...document.querySelectorAll(".cell")].filter((cell) => !cell.closest(".key"));
  return parted.filter((cell) => cell.closest("table") || !cell.closest("ins, del")).map((cell) => cell.parentElement.textContent);
}

/** Runs in the page: signs of the key that do not occur, and signs that occur and have no key. */
function faultsOfKey() {
  const content = [...document.querySelectorAll(".chapter-changes")];
  const has = (selector) => content.some((chapter) => chapter.querySelector(selector));
  const says = (text) => content.some((chapter) => chapter.textContent.includes(text));
  const found = {
    inserted: has("ins"), deleted: has("del"), moved: has(".badge-moved, .entry.kind-moved"), target: says("‹→ "), break: says("¶"),
    footnote: has(".note-bound") || null, cell: has(".cell") || null,
  };
  const listed = document.querySelector(".entry") !== null;
  return Object.entries(found).flatMap(([sign, occurs]) => {
    const named = document.querySelector(`.key-${sign}`) !== null;
    // The words of a list are plain text: whether a bracket there is a footnote's cannot be seen.
    if (occurs === null && listed) return [];
    return named === Boolean(occurs) ? [] : [`${sign}: ${named ? "named, but not there" : "there, but not named"}`];
  });
}

/** Runs in the page: the links between places whose target has none that leads back. */
function oneWays() {
  const links = [...document.querySelectorAll("a.moved")];
  const holderOf = (link) => link.closest(".pair, tbody[id], thead[id], .line-text tr, .line");
  return links.filter((link) => {
    const target = document.getElementById(link.hash.slice(1));
    const place = target && (target.matches(".pair, .line, tbody[id], thead[id], tr[id]") ? target : holderOf(target));
    return !place || ![...place.querySelectorAll("a.moved")].some((back) => holderOf(link)?.id === back.hash.slice(1) || holderOf(link).querySelector(`[id="${back.hash.slice(1)}"]`));
  }).map((link) => `${link.getAttribute("href")}: ${link.textContent}`);
}
