// The pages stay light: the HTML of each chapter, and all styles and scripts together.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { filesBelow, siteFolder } from "./site.mjs";

const CHAPTER_BYTES = 60_000;
const CODE_BYTES = 40_000;
const CHAPTER = /^leitlinien\/(?!rn\/|aktuell\/)[^/]+\/(?!aenderungen\/)[^/]+\/index\.html$/;

const weights = filesBelow(siteFolder()).map((file) => ({ file, bytes: statSync(join(siteFolder(), file)).size }));

test(`no chapter has more than ${CHAPTER_BYTES} bytes of HTML`, (t) => {
  const chapters = weights.filter(({ file }) => CHAPTER.test(file)).sort((one, other) => other.bytes - one.bytes);
  assert.ok(chapters.length > 0, "the site has no chapters");
  t.diagnostic(`largest of ${chapters.length} chapters: ${describe(chapters[0])}`);
  assertNone(chapters.filter(({ bytes }) => bytes > CHAPTER_BYTES).map(describe), "chapters that are too heavy");
});

test(`all styles and scripts together have at most ${CODE_BYTES} bytes`, (t) => {
  const code = weights.filter(({ file }) => /\.(css|m?js)$/.test(file));
  const sum = code.reduce((all, { bytes }) => all + bytes, 0);
  t.diagnostic(`styles and scripts: ${sum} bytes (${code.map(describe).join("; ")})`);
  assert.ok(sum <= CODE_BYTES, `${sum} bytes: ${code.map(describe).join("; ")}`);
});

function describe({ file, bytes }) {
  return `${file}: ${bytes} bytes`;
}
