// The pages stay light: the HTML of each chapter, and the styles and scripts that a page loads.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { filesBelow, siteFolder } from "./site.mjs";

const CHAPTER_BYTES = 60_000;
/** The bytes of styles and scripts that pages may load: the search searches, the archive of talks filters and plays, and every
 * page has the field of the search. */
const CODE_BYTES = [[/^suche\//, 56_000], [/^ki-lab\//, 48_000], [/^/, 42_000]];
const CHAPTER = /^leitlinien\/(?!rn\/|aktuell\/)[^/]+\/(?!aenderungen\/)[^/]+\/index\.html$/;

const weights = filesBelow(siteFolder()).map((file) => ({ file, bytes: statSync(join(siteFolder(), file)).size }));

test(`no chapter has more than ${CHAPTER_BYTES} bytes of HTML`, (t) => {
  const chapters = weights.filter(({ file }) => CHAPTER.test(file)).sort((one, other) => other.bytes - one.bytes);
  assert.ok(chapters.length > 0, "the site has no chapters");
  t.diagnostic(`largest of ${chapters.length} chapters: ${describe(chapters[0])}`);
  assertNone(chapters.filter(({ bytes }) => bytes > CHAPTER_BYTES).map(describe), "chapters that are too heavy");
});

test("no page loads more styles and scripts than it may", (t) => {
  const pages = weights.filter(({ file }) => file.endsWith(".html")).map(({ file }) => ({ file, bytes: codeOf(file) }));
  const heaviest = pages.reduce((most, page) => (page.bytes > most.bytes ? page : most));
  t.diagnostic(`heaviest of ${pages.length} pages: ${describe(heaviest)}`);
  const limit = ({ file }) => CODE_BYTES.find(([pattern]) => pattern.test(file))[1];
  assertNone(pages.filter((page) => page.bytes > limit(page)).map(describe), "pages that load too much");
});

/** The bytes of the styles and scripts that a page loads. */
function codeOf(file) {
  const html = readFileSync(join(siteFolder(), file), "utf8");
  const loaded = [...html.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)].map(([, path]) => path);
  // The page for what does not exist has addresses from the site's root.
  const place = (path) => (path.startsWith("/") ? path.slice(1) : join(file, "..", path));
  return loaded.reduce((all, path) => all + statSync(join(siteFolder(), place(path))).size, 0);
}

function describe({ file, bytes }) {
  return `${file}: ${bytes} bytes`;
}
