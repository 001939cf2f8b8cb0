// Every page in a real browser, below a sub-path: no complaint, no other host, no horizontal scrolling, no link that leaves.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { onePerKind } from "./pages.mjs";
import { filesBelow, siteFolder } from "./site.mjs";
import { address, inEachPage, overflowAt, useBrowser, WIDTHS } from "./stage.mjs";

const SUB_PATH = "/unterpfad/";
// Its links begin at the root, for it is shown at any address: reader.test.mjs looks at it.
const NOT_FOUND = "/404.html";
const KINDS = onePerKind().map(({ path }) => path).filter((path) => path !== NOT_FOUND);

useBrowser(siteFolder(), SUB_PATH);

for (const [group, paths] of grouped(allPaths())) {
  test(`${group}: ${paths.length} pages below ${SUB_PATH} are narrow, keep below it, and the browser has no complaint`, () =>
    inEachPage({}, paths, async (page, path) => [...await overflows(page, path), ...await linksThatLeave(page)]));
}

test(`one page of each kind without JavaScript: ${KINDS.length} pages are narrow, and the browser has no complaint`, () =>
  inEachPage({ javaScriptEnabled: false }, KINDS, overflows));

/** The addresses of all pages but those that only lead on: nobody stays there. */
function allPaths() {
  const folder = siteFolder();
  const pages = filesBelow(folder).filter((file) => file.endsWith(".html") && `/${file}` !== NOT_FOUND);
  const staying = pages.filter((file) => !/<meta http-equiv="refresh"/i.test(readFileSync(join(folder, file), "utf8")));
  return staying.map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`);
}

/** Paths by the first two steps of their way, so that a fault shows where it is and a slow test is not all of them. */
function grouped(paths) {
  const groups = new Map();
  for (const path of paths) {
    const group = `/${path.split("/").slice(1, path.startsWith("/leitlinien/") ? 3 : 2).join("/")}`;
    groups.set(group, [...(groups.get(group) ?? []), path]);
  }
  return groups;
}

/** All widths for one page of each kind; the narrowest for the others, which are made of the same parts. */
async function overflows(page, path) {
  const faults = [];
  for (const width of KINDS.includes(path) ? WIDTHS : WIDTHS.slice(0, 1)) faults.push(...await overflowAt(page, width));
  return faults;
}

async function linksThatLeave(page) {
  const own = await page.evaluate(() => [...document.links].map(({ href }) => href).filter((href) => new URL(href).origin === location.origin));
  return own.filter((href) => !href.startsWith(address("/"))).map((href) => `leaves the sub-path: ${href}`);
}
