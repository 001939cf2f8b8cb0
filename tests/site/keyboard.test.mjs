// With nothing but a keyboard: the focus is seen, goes where the text goes, is never caught, and cards open and close.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { pathOf } from "./pages.mjs";
import { inPage, useBrowser, visit } from "./stage.mjs";

const STOPS = 60;
const BACK = 5;

useBrowser();

for (const kind of ["start page", "chapter", "changes"]) {
  test(`${kind}: ${STOPS} Tabs are seen, follow the document and lead back`, () =>
    inPage({}, async (page) => {
      await visit(page, pathOf(kind));
      assertNone(await walk(page), "faults of the focus");
      await assertGoesBack(page);
    }));
}

test("chapter: a card opens with Enter, its links and buttons are reached, Escape closes it", () =>
  inPage({}, async (page) => {
    await visit(page, pathOf("chapter"));
    await tabTo(page, "summary.number");
    await page.keyboard.press("Enter");
    await page.locator(".line-number[open] .copy-button").first().waitFor();
    const wanted = await page.evaluate(() => document.querySelectorAll(".line-number[open] .card :is(a[href], button)").length);
    assert.ok(wanted >= 5, `the card has ${wanted} links and buttons, not a link and its button twice and a button for the citation`);
    for (let stop = 0; stop < wanted; stop++) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".line-number[open] .card *")), `stop ${stop + 1} is not in the card`);
    }
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".line-number[open]").count(), 0, "Escape leaves the card open");
    assert.ok(await page.evaluate(() => document.activeElement.matches("summary.number")), "Escape does not give the focus back to the number");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => !document.activeElement.closest(".line-number")?.open), "the Tab key goes on into a card that is closed");
  }));

test("chapter: without JavaScript a card opens and closes with Enter and one at a time is open", () =>
  inPage({ javaScriptEnabled: false }, async (page) => {
    await visit(page, pathOf("chapter"));
    await tabTo(page, "summary.number");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".line-number[open]").count(), 1, "Enter does not open the card");
    await page.locator("summary.number").nth(1).press("Enter");
    assert.equal(await page.locator(".line-number[open]").count(), 1, "a second card opens beside the first");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".line-number[open]").count(), 0, "Enter does not close the card");
  }));

/** Presses Tab until something that fits has the focus. */
async function tabTo(page, selector) {
  for (let stop = 0; stop < 2 * STOPS; stop++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${2 * STOPS} Tabs do not reach ${selector}`);
}

/** Presses Tab again and again, up to the end of the page; gives what is wrong with the stops. */
async function walk(page) {
  const faults = [];
  await page.evaluate(prepareWalk);
  for (let stop = 1; stop <= STOPS; stop++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(lookAtStop);
    if (found === null) break;
    faults.push(...found.map((fault) => `stop ${stop}: ${fault}`));
  }
  return [...faults, ...await page.evaluate(() => globalThis.lwWalk.forgotten())];
}

/** Shift and Tab lead back the way that Tab came. */
async function assertGoesBack(page) {
  const here = await page.evaluate(() => globalThis.lwWalk.stops.indexOf(document.activeElement));
  const from = here < 0 ? await page.evaluate(() => globalThis.lwWalk.stops.length) : here;
  for (let back = 1; back <= BACK; back++) {
    await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => globalThis.lwWalk.stops.indexOf(document.activeElement)), from - back, `Shift and Tab, ${back} back`);
  }
}

/** Runs in the page: sets up what the walk remembers. */
function prepareWalk() {
  const looks = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "color", "borderColor", "borderWidth", "textDecorationLine", "textDecorationThickness"];
  const lookOf = (element) => {
    const style = getComputedStyle(element);
    const look = looks.map((name) => style[name]);
    return style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0 ? look.with(2, "").join() : look.join();
  };
  const nameOf = (element) => `${element.outerHTML.slice(0, 100)}…`;
  const tabbable = () => [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  /** What can have the focus, stands before the last stop, and was passed over. */
  const forgotten = () => {
    const { stops } = globalThis.lwWalk;
    const before = (element) => element.compareDocumentPosition(stops.at(-1)) & Node.DOCUMENT_POSITION_FOLLOWING;
    return tabbable().filter((element) => before(element) && !stops.includes(element)).map((element) => `never has the focus: ${nameOf(element)}`);
  };
  globalThis.lwWalk = { stops: [], lookOf, nameOf, forgotten };
}

/** Runs in the page: the faults of the element that has the focus now; null behind the last one. */
function lookAtStop() {
  const { stops, lookOf, nameOf } = globalThis.lwWalk;
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement || element === stops[0]) return null;
  const faults = [];
  const before = stops.at(-1);
  if (before && !(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`stands before the last stop: ${nameOf(element)}`);
  const box = element.getClientRects()[0];
  if (!box || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push(`is out of view: ${nameOf(element)}`);
  else if (!isOnTop(element, box)) faults.push(`is covered: ${nameOf(element)}`);
  const focused = lookOf(element);
  element.blur();
  if (lookOf(element) === focused) faults.push(`looks as if it had no focus: ${nameOf(element)}`);
  // As :focus-visible is for the keyboard, so must the focus that is given back be.
  element.focus({ focusVisible: true, preventScroll: true });
  stops.push(element);
  return faults;

  function isOnTop(element, { left, top, width, height }) {
    const found = document.elementFromPoint(Math.max(0, left + Math.min(width / 2, 20)), Math.min(innerHeight - 1, Math.max(0, top + height / 2)));
    return found && (element.contains(found) || found.contains(element));
  }
}
