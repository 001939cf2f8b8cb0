// What the browser tests share: one browser and one server for each file, a fresh page for each test, and a reader's steps.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { assertNone } from "./faults.mjs";
import { serve } from "./serve.mjs";
import { baseUrl, siteFolder } from "./site.mjs";

export const WIDTHS = [320, 390, 1280];
export const HEIGHT = 800;
const PATIENCE = 10_000;

let browser, server;

/** Starts a browser and a server before the tests of a file and ends them after; `base` is the path of the site in `folder`. */
export function useBrowser(folder = siteFolder(), base = baseUrl(folder)?.pathname) {
  before(async () => {
    browser = await launch();
    server = await serve(folder, base);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
}

/** The address of a path of the site on the server. */
export function address(path) {
  return server.address(path);
}

/** The path of an address on the server, with its fragment. */
export function pathIn(href) {
  const { pathname, hash } = new URL(href);
  return `/${pathname.slice(server.base.length)}${hash}`;
}

/**
 * Runs something in a fresh page and demands that the browser had nothing to complain about.
 * `expected` matches the complaints that the test itself asks for.
 */
export async function inPage(options, action, expected = /^$/) {
  const { page, complaints, close } = await openPage(browser, server, options);
  page.setDefaultTimeout(PATIENCE);
  try {
    await action(page);
    assertNone(complaints.filter((text) => !expected.test(text)), "complaints of the browser");
  } finally {
    await close();
  }
}

/**
 * Opens many pages one after the other in the same tab, which saves most of the time, and demands that no page has a fault:
 * `faultsOf(page)` gives those of the open page, and what the browser complains about counts too.
 */
export async function inEachPage(options, paths, faultsOf) {
  const { page, complaints, close } = await openPage(browser, server, options);
  const faults = [];
  for (const path of paths) {
    const answer = await page.goto(address(path));
    const found = answer.status() === 200 ? await faultsOf(page, path) : [`answers ${answer.status()}`];
    faults.push(...[...found, ...complaints.splice(0)].map((fault) => `${path}: ${fault}`));
  }
  await close();
  assertNone(faults, "faults of pages");
}

/** Opens a page of the site. */
export async function visit(page, path) {
  const answer = await page.goto(address(path));
  // A change of the fragment alone loads nothing.
  assert.equal(answer?.status() ?? 200, 200, `${path} answers ${answer?.status()}`);
}

/** What scrolls sideways in a window of this width. */
export async function overflowAt(page, width) {
  await page.setViewportSize({ width, height: HEIGHT });
  const { needed, given, widest } = await page.evaluate(measureWidth);
  return needed <= given ? [] : [`${needed} px of content in a window of ${given} px; widest: ${widest}`];
}

/** Runs in the page: the width of its content and of its window, and the elements that stick out. */
function measureWidth() {
  const { scrollWidth: needed, clientWidth: given } = document.documentElement;
  if (needed <= given) return { needed, given };
  const sticking = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > given + 1);
  const widest = sticking.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(" | ");
  return { needed, given, widest };
}

/** Demands that the address ends in this path and that what its fragment names is in the window. */
export async function assertArrived(page, path) {
  assert.equal(pathIn(page.url()), path);
  assert.ok(await page.evaluate(isTargetInView), `${path}: what the address names is not in view`);
}

/** Runs in the page: whether the element that the fragment names is in the window. */
function isTargetInView() {
  const box = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.getBoundingClientRect();
  return Boolean(box) && box.bottom > 0 && box.top < innerHeight;
}

/** Clicks a link and waits until the browser is where it leads. */
export async function click(page, link) {
  const target = new URL(await link.getAttribute("href"), page.url()).href;
  await link.click();
  await page.waitForURL(target);
  await page.waitForLoadState();
}

/**
 * Clicks the first link in the main part whose address begins with `path` (up to a fragment), as a reader would:
 * opens what is folded, and looks below the heading `under` if one is given.
 */
export async function follow(page, path, under) {
  const target = address(path);
  const link = (await page.evaluateHandle(findLink, { target, under: under?.source })).asElement();
  assert.ok(link, `${page.url()} has no link to ${path}${under ? ` below “${under.source}”` : ""}`);
  for (const fold of await foldsAround(link)) await fold.click();
  await link.click();
  await page.waitForURL((url) => leadsTo(url.href, target));
  await page.waitForLoadState();
}

function leadsTo(href, target) {
  return target.includes("#") ? href.startsWith(target) : href.split("#")[0] === target;
}

/** Runs in the page: a link to the address, rather one that is visible. */
function findLink({ target, under }) {
  const fits = ({ href }) => target.includes("#") ? href.startsWith(target) : href.split("#")[0] === target;
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
