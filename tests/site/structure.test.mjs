// How the pages are built: landmarks, headings, tables, and marks that a screen reader tells apart.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attribute, elementsIn, textNodesIn, treeOf } from "./document.mjs";
import { assertNone } from "./faults.mjs";
import { filesBelow, siteFolder } from "./site.mjs";

const MARKS = { ins: ["eingefügt:", "Ende der Einfügung"], del: ["gestrichen:", "Ende der Streichung"] };

const folder = siteFolder();
const pages = filesBelow(folder).filter((file) => file.endsWith(".html")).map((file) => ({ file, tree: treeOf(readFileSync(join(folder, file), "utf8")) }));
// A page that only leads on shows one sentence and one link until the browser is elsewhere: it has no frame.
const staying = pages.filter(({ tree }) => !elementsIn(tree, "meta").some((meta) => attribute(meta, "http-equiv") === "refresh"));

test("every page names its language", () => {
  assertNone(faultsIn(pages, (tree) => elementsIn(tree, "html").every((html) => attribute(html, "lang")) ? [] : ["<html> has no lang"]), "faults");
});

test("every page has one h1 and one main", () => {
  assertNone(faultsIn(pages, (tree) => ["h1", "main"].flatMap((name) => one(tree, name))), "faults");
});

test("every page has a header, a navigation and a footer of its own", () => {
  assertNone(faultsIn(staying, (tree) => [...one(tree, "header", isLandmark), ...one(tree, "footer", isLandmark), ...some(tree, "nav")]), "faults");
});

test("navigations of a page have different names", () => {
  assertNone(faultsIn(staying, namesOfNavigations), "faults");
});

test("no heading is more than one level below the one before", () => {
  assertNone(faultsIn(pages, skippedLevels), "faults");
});

test("every table has a name, and its head cells say what they head", () => {
  assertNone(faultsIn(pages, (tree) => elementsIn(tree, "main").flatMap((main) => elementsIn(main, "table")).flatMap(tableFaults)), "faults");
});

test("every insertion and deletion begins and ends with hidden words", () => {
  const marks = staying.flatMap(({ tree }) => Object.keys(MARKS).flatMap((name) => elementsIn(tree, name)));
  assert.ok(marks.length > 0, "no page marks an insertion or a deletion");
  assertNone(faultsIn(pages, (tree) => Object.keys(MARKS).flatMap((name) => elementsIn(tree, name)).flatMap(markFaults)), "faults");
});

function faultsIn(pages, faultsOf) {
  return pages.flatMap(({ file, tree }) => faultsOf(tree).map((fault) => `${file}: ${fault}`));
}

function one(tree, name, fits = () => true) {
  const count = elementsIn(tree, name).filter(fits).length;
  return count === 1 ? [] : [`${count} <${name}>`];
}

function some(tree, name) {
  return elementsIn(tree, name).length > 0 ? [] : [`no <${name}>`];
}

/** A header or footer inside a part of the page is no landmark. */
function isLandmark(element) {
  for (let at = element.parentNode; at; at = at.parentNode) {
    if (["article", "aside", "main", "nav", "section"].includes(at.tagName)) return false;
  }
  return true;
}

function namesOfNavigations(tree) {
  const names = elementsIn(tree, "nav").map((nav) => attribute(nav, "aria-label") ?? "");
  return names.filter((name, at) => name === "" || names.indexOf(name) !== at).map((name) => `<nav> named “${name}”`);
}

function skippedLevels(tree) {
  const headings = elementsIn(tree, /^h[1-6]$/);
  const level = ({ tagName }) => Number(tagName[1]);
  return headings.filter((heading, at) => level(heading) > (at === 0 ? 0 : level(headings[at - 1])) + 1).map((heading) => `line ${lineOf(heading)}: <${heading.tagName}> “${textOf(heading)}” skips a level`);
}

function tableFaults(table) {
  const named = attribute(table, "aria-label") || attribute(table, "aria-labelledby") || elementsIn(table, "caption").some((caption) => textOf(caption) !== "");
  const heads = elementsIn(table, "th");
  const faults = heads.filter((head) => !["col", "row", "colgroup", "rowgroup"].includes(attribute(head, "scope"))).map((head) => `<th> “${textOf(head)}” has no scope`);
  if (!named) faults.push("<table> has neither caption nor aria-label");
  if (heads.length === 0) faults.push("<table> has no <th>");
  return faults.map((fault) => `line ${lineOf(table)}: ${fault}`);
}

/** The first and the last words of a mark are hidden and say what it is, wherever inside they stand. */
function markFaults(mark) {
  const texts = textNodesIn(mark).filter(({ value }) => value.trim() !== "");
  const [begin, end] = MARKS[mark.tagName];
  const says = (text, words) => text && text.value.trim() === words && isHiddenText(text, mark);
  const faults = [];
  if (!says(texts[0], begin)) faults.push(`begins with “${texts[0]?.value.trim().slice(0, 40)}”, not with “${begin}”, hidden`);
  if (!says(texts.at(-1), end)) faults.push(`ends with “${texts.at(-1)?.value.trim().slice(-40)}”, not with “${end}”, hidden`);
  return faults.map((fault) => `line ${lineOf(mark)}: <${mark.tagName}> ${fault}`);
}

function isHiddenText(text, mark) {
  for (let at = text.parentNode; at && at !== mark; at = at.parentNode) {
    if ((attribute(at, "class") ?? "").split(/\s+/).includes("visually-hidden")) return true;
  }
  return false;
}

function textOf(element) {
  return textNodesIn(element).map(({ value }) => value).join("").replace(/\s+/g, " ").trim().slice(0, 80);
}

function lineOf(element) {
  return element.sourceCodeLocation?.startLine ?? 0;
}
