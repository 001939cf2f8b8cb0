// The pages of changes, as a reader without JavaScript uses them: filters, and the way between old and new places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { assertArrived, click, inPage, pathIn, useBrowser, visit } from "./stage.mjs";

const WITHOUT = { javaScriptEnabled: false };
const CHANGES = ["/leitlinien/2.0/aenderungen/", "/leitlinien/2.0/aenderungen/seit-1.0/", "/leitlinien/1.1/aenderungen/", "/leitlinien/entwurf/aenderungen/"];
const GROUPS = ["kind", "facet", "cause", "chapter"];
const MOVED = "/leitlinien/2.0/aenderungen/";
const MOVES = { view: ["aenderungsmodus/", "synopse/"], old: "#lw-v68", now: "#lw-c68", number: "Rn.\\s54" };

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

for (const view of MOVES.view) {
  test(`${view} leads from the old place of a paragraph to the new one and back`, () =>
    inPage(WITHOUT, async (page) => {
      await visit(page, MOVED + view);
      const there = page.locator(`a.moved[href="${MOVES.now}"]`);
      assert.match(await there.innerText(), new RegExp(`${MOVES.number} steht jetzt in`));
      await click(page, there);
      await assertArrived(page, `${MOVED}${view}${MOVES.now}`);
      const back = page.locator(`${MOVES.now} a.moved[href="${MOVES.old}"]`);
      assert.match(await back.innerText(), /hierher verschoben aus/);
      await click(page, back);
      await assertArrived(page, `${MOVED}${view}${MOVES.old}`);
    }));
  test(`${view}: every link between an old and a new place has its way back`, () =>
    inPage(WITHOUT, async (page) => {
      for (const path of CHANGES) {
        await visit(page, path + view);
        assertNone(await page.evaluate(oneWays), `links without a way back on ${path}${view}`);
      }
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

/** Runs in the page: the links between places whose target has none that leads back. */
function oneWays() {
  const links = [...document.querySelectorAll("a.moved")];
  const holderOf = (link) => link.closest(".pair, .line");
  return links.filter((link) => {
    const target = document.getElementById(link.hash.slice(1));
    const place = target && (target.matches(".pair, .line") ? target : holderOf(target));
    return !place || ![...place.querySelectorAll("a.moved")].some((back) => holderOf(link).id === back.hash.slice(1) || holderOf(link).querySelector(`[id="${back.hash.slice(1)}"]`));
  }).map((link) => `${link.getAttribute("href")}: ${link.textContent}`);
}
