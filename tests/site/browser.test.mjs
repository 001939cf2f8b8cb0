// The site in a real browser: clean, narrow, accessible, usable by keyboard, and the ways a reader goes through it.
import assert from "node:assert/strict";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { assertNone } from "./faults.mjs";
import { onePerKind, PAGES, pathOf } from "./pages.mjs";
import { serve } from "./serve.mjs";
import { baseUrl, siteFolder } from "./site.mjs";

const SUB_PATH = "/unterpfad/";
const WIDTHS = [320, 390, 1280];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const RELEASE = pathOf("release");
const PATIENCE = 10_000;

let browser, server, below;

before(async () => {
  const folder = siteFolder();
  browser = await launch();
  server = await serve(folder, baseUrl(folder)?.pathname);
  below = await serve(folder, SUB_PATH);
});

after(async () => {
  await browser?.close();
  await Promise.all([server?.close(), below?.close()]);
});

for (const javaScriptEnabled of [false, true]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";
  for (const { path } of PAGES) {
    test(`${path} ${how}: no complaint, no other host, no horizontal scrolling`, () =>
      inPage({ javaScriptEnabled }, async (page) => {
        await visit(page, path);
        for (const width of WIDTHS) await assertFits(page, width);
      }));
  }
  test(`from the start page to the redline ${how}`, () => inPage({ javaScriptEnabled }, readRelease));
  test(`from a talk to a chapter and back ${how}`, () => inPage({ javaScriptEnabled }, readTalk));
}

for (const { path } of PAGES.filter(({ kind }) => kind !== "not found")) {
  test(`${path} works below ${SUB_PATH}`, () => inPage({}, (page) => assertStaysBelow(page, path), below));
}

for (const { kind, path } of onePerKind()) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${kind} is accessible, ${colorScheme}`, () => inPage({ colorScheme }, (page) => assertAccessible(page, path)));
  }
  test(`${kind}: the skip link is first and works`, () => inPage({}, (page) => assertSkips(page, path)));
}

test("an unknown address shows the styled page 404", async () => {
  const { page, complaints, close } = await openPage(browser, server);
  const answer = await page.goto(server.address("/gibt/es/nicht/"));
  assert.equal(answer.status(), 404);
  assertNone(complaints.filter((text) => !/gibt\/es\/nicht\/$|status of 404/.test(text)), "complaints");
  assert.ok(await page.evaluate(() => document.styleSheets.length > 0), "no stylesheet is loaded");
  await close();
});

/** Runs something in a fresh page and demands that the browser had nothing to complain about. */
async function inPage(options, action, at = server) {
  const { page, complaints, close } = await openPage(browser, at, options);
  page.setDefaultTimeout(PATIENCE);
  try {
    await action(page);
    assertNone(complaints, "complaints of the browser");
  } finally {
    await close();
  }
}

async function visit(page, path, at = server) {
  const answer = await page.goto(at.address(path));
  assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
}

async function assertFits(page, width) {
  await page.setViewportSize({ width, height: 800 });
  const { needed, given, widest } = await page.evaluate(measureWidth);
  assert.ok(needed <= given, `${needed} px of content in a window of ${given} px; widest: ${widest}`);
}

/** Runs in the page: the width of its content and of its window, and the elements that stick out. */
function measureWidth() {
  const { scrollWidth: needed, clientWidth: given } = document.documentElement;
  const sticking = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > given + 1);
  const widest = sticking.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(" | ");
  return { needed, given, widest };
}

async function assertStaysBelow(page, path) {
  await visit(page, path, below);
  const own = await page.evaluate(() => [...document.links].map(({ href }) => href).filter((href) => new URL(href).origin === location.origin));
  assertNone(own.filter((href) => !href.startsWith(below.address("/"))), "links that leave the sub-path");
}

async function assertAccessible(page, path) {
  await visit(page, path);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
  assertNone(violations.flatMap(describeViolation), "accessibility faults");
}

function describeViolation({ id, help, nodes }) {
  return nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}\n    ${failureSummary.replaceAll("\n", "\n    ")}`);
}

async function assertSkips(page, path) {
  await visit(page, path);
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

async function readRelease(page) {
  await visit(page, pathOf("start page"));
  await follow(page, RELEASE);
  await follow(page, pathOf("chapter"));
  await follow(page, `${pathOf("chapter")}#rn-`);
  assert.ok(await page.evaluate(isTargetInView), "the margin number's paragraph is not in view");
  await follow(page, pathOf("changes"));
  await follow(page, pathOf("synopsis"));
  await follow(page, pathOf("redline"));
  assert.ok(await page.locator("main :is(ins, del)").count() > 0, "the redline marks nothing as inserted or deleted");
}

async function readTalk(page) {
  await visit(page, pathOf("talk"));
  await follow(page, pathOf("chapter"));
  await follow(page, pathOf("talk"), /wird genannt in/i);
}

/** Runs in the page: whether the element that the fragment names is in the window. */
function isTargetInView() {
  const box = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.getBoundingClientRect();
  return Boolean(box) && box.bottom > 0 && box.top < innerHeight;
}

/**
 * Clicks the first link in the main part whose address begins with `path` (up to a fragment), as a reader would:
 * opens what is folded, and looks below the heading `under` if one is given.
 */
async function follow(page, path, under) {
  const address = server.address(path);
  const link = (await page.evaluateHandle(findLink, { address, under: under?.source })).asElement();
  assert.ok(link, `${page.url()} has no link to ${path}${under ? ` below “${under.source}”` : ""}`);
  for (const fold of await foldsAround(link)) await fold.click();
  await link.click();
  await page.waitForURL((url) => leadsTo(url.href, address));
  await page.waitForLoadState();
}

function leadsTo(href, address) {
  return address.includes("#") ? href.startsWith(address) : href.split("#")[0] === address;
}

/** Runs in the page: a link to the address, rather one that is visible. */
function findLink({ address, under }) {
  const fits = ({ href }) => address.includes("#") ? href.startsWith(address) : href.split("#")[0] === address;
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, summary, dt, legend, caption")];
  const heading = under && headings.find(({ textContent }) => new RegExp(under, "i").test(textContent));
  if (under && !heading) return null;
  const behind = (link) => !heading || Boolean(heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  const found = [...document.querySelectorAll("main a[href]")].filter((link) => fits(link) && behind(link));
  return found.find((link) => link.checkVisibility()) ?? found[0] ?? null;
}

/** The summaries of the closed details around an element, the outermost first. */
async function foldsAround(element) {
  const list = await element.evaluateHandle((link) => {
    const folds = [];
    const fold = (element) => element.closest("details:not([open])");
    for (let at = fold(link); at; at = fold(at.parentElement)) folds.unshift(at.querySelector("summary"));
    return folds;
  });
  return [...(await list.getProperties()).values()].map((handle) => handle.asElement()).filter(Boolean);
}
