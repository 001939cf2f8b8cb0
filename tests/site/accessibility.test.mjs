// One page of each kind against axe-core, light and dark, on a desktop and on a phone; and its skip link.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { assertNone } from "./faults.mjs";
import { onePerKind, pathOf } from "./pages.mjs";
import { inPage, useBrowser, visit } from "./stage.mjs";

useBrowser();

for (const { kind, path } of onePerKind()) {
  test(`${kind}: accessible, and the skip link is first and works`, (t) =>
    inPage({}, async (page) => {
      await visit(page, path);
      await accessible(t, page, kind);
      await t.test(`${kind}: skip link`, () => assertSkips(page));
    }));
}

test("chapter with an open card and open mentions: accessible", (t) =>
  inPage({}, async (page) => {
    await visit(page, pathOf("chapter"));
    await page.locator("summary.number").first().click();
    await page.locator(".line-number[open] .copy-button").first().waitFor();
    await page.evaluate(() => document.querySelectorAll("details:not([name])").forEach((fold) => (fold.open = true)));
    await accessible(t, page, "chapter with an open card and open mentions");
  }));

test("changes with a filter: accessible", (t) =>
  inPage({}, async (page) => {
    await visit(page, `${pathOf("changes")}#lw-kind-moved`);
    await accessible(t, page, "changes with a filter");
  }));

test("dark changes nothing but colours, so that its pages need only the rules about colours", () =>
  inPage({}, async (page) => {
    await visit(page, "/");
    assertNone(await page.evaluate(declarationsOfDark), "declarations for dark that are no custom property");
  }));

/** Runs in the page: what the rules for a dark screen set besides custom properties. */
function declarationsOfDark() {
  const dark = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText.includes("dark"));
  if (dark.length === 0) return ["there are no rules for a dark screen"];
  const rules = dark.flatMap(({ cssRules }) => [...cssRules]);
  return rules.flatMap(({ selectorText, style }) => [...style].filter((name) => !name.startsWith("--")).map((name) => `${selectorText} { ${name} }`));
}

async function assertSkips(page) {
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(target ?? "", /^#./, "the first stop of the Tab key is no link inside the page");
  assert.equal(await page.locator(target).count(), 1, `the skip link's target ${target} is not in the page`);
  const hidden = () => assert.fail("the skip link stays out of sight when it has the focus");
  await page.waitForFunction(isActiveInView, undefined, { timeout: 2000 }).catch(hidden);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.hash === target);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(isActiveAtOrAfter, target.slice(1)), `after ${target} the Tab key does not go on from there`);
}

/** Runs in the page: whether the element with the focus can be seen. */
function isActiveInView() {
  const { top, left, bottom, right, width, height } = document.activeElement.getBoundingClientRect();
  return width > 1 && height > 1 && top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
}

/** Runs in the page: whether the focus is on, in or behind the element with this id. */
function isActiveAtOrAfter(id) {
  const target = document.getElementById(decodeURIComponent(id));
  const active = document.activeElement;
  return active !== document.body && (target === active || Boolean(target.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING));
}
