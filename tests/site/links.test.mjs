// Every reference of the site leads somewhere, stays on the site where a browser would load it, and is relative.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SaxesParser } from "saxes";
import { elementsOf, referencesOf } from "./document.mjs";
import { assertNone } from "./faults.mjs";
import { baseUrl, filesBelow, siteFolder } from "./site.mjs";

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const LOCAL = new URL("http://site.invalid/unterpfad/");
const NOT_FOUND = "404.html";
const DATA_BLOCK = "application/ld+json";

const folder = siteFolder();
const base = baseUrl(folder);
const files = new Set(filesBelow(folder));
const folders = new Set([...files].flatMap(foldersAbove));
const pages = new Map([...files].filter((file) => file.endsWith(".html")).map((file) => [file, elementsOf(read(file))]));
const ids = new Map([...pages].map(([file, elements]) => [file, idsOf(elements)]));
const references = [...pages].flatMap(([file, elements]) => elements.flatMap((element) => referencesIn(file, element)));
const styleReferences = [...files].filter((file) => file.endsWith(".css")).flatMap(referencesInStyles);

test("the start page names its address", () => {
  assert.ok(base, 'index.html has no <link rel="canonical">');
});

test("every internal reference of a page leads to a file and an id", () => {
  assertNone(references.flatMap(brokenness), "broken references");
});

test("every internal reference of a stylesheet leads to a file", () => {
  assertNone(styleReferences.flatMap(brokenness), "broken references");
});

test("links inside the site are relative, in 404.html absolute", () => {
  assertNone(references.filter(isAddressedWrongly).map(describe), "links that do not travel with the site");
});

test("nothing is loaded from another host", () => {
  const loaded = [...references, ...styleReferences].filter(({ loads }) => loads);
  assertNone(loaded.filter(isForeign).map(describe), "references to another host");
});

test("no script, style or handler stands in a page", () => {
  const faults = [...pages].flatMap(([file, elements]) => elements.flatMap((element) => inlineCode(file, element)));
  assertNone(faults, "pieces of code in pages");
});

test("every data block in a page is JSON", () => {
  const faults = [...pages].flatMap(([file, elements]) => elements.filter(isDataBlock).flatMap((element) => jsonFault(file, element)));
  assertNone(faults, "faulty data blocks");
});

test("every XML file is well-formed", () => {
  assert.ok(files.has("sitemap.xml"), "the site has no sitemap.xml");
  assertNone(xmlFiles().flatMap((file) => readXml(file).faults), "errors in XML");
});

test("every address of the site in sitemap and feeds leads to a file", () => {
  const addresses = xmlFiles().filter((file) => !file.endsWith(".svg")).flatMap((file) => readXml(file).references);
  assertNone(addresses.flatMap(brokenness), "broken addresses");
});

test("every address of the site in files for programs leads to a file and an id", () => {
  for (const file of ["llms.txt", "_redirects", "nginx/redirects.map"]) assert.ok(files.has(file), `the site has no ${file}`);
  const json = [...files].filter((file) => file.endsWith(".json")).flatMap((file) => addressesInData(file, JSON.parse(read(file))));
  const texts = [...files].filter((file) => /\.(md|txt)$/.test(file)).flatMap((file) => addressesIn(file, read(file)));
  assert.ok(json.length > 100 && texts.length > 100, `${json.length} addresses in JSON, ${texts.length} in texts`);
  assertNone([...json, ...texts].flatMap(brokenness), "broken addresses");
});

test("every address of the site in data blocks leads to a file", () => {
  const blocks = [...pages].flatMap(([file, elements]) => elements.filter(isDataBlock).map(({ text }) => ({ file, text })));
  assert.ok(blocks.length > 10, `${blocks.length} data blocks`);
  assertNone(blocks.flatMap(({ file, text }) => addressesInData(file, JSON.parse(text))).flatMap(brokenness), "broken addresses");
});

test("every rule of redirection leads from a page to a file", () => {
  const rules = [...rulesInList("_redirects"), ...rulesInMap("nginx/redirects.map")];
  assert.ok(rules.length > 0, "no rules");
  assertNone(rules.flatMap(({ from, to }) => [from, to]).flatMap(brokenness), "broken addresses");
});

function read(file) {
  return readFileSync(join(folder, file), "utf8");
}

function foldersAbove(file) {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

function idsOf(elements) {
  return new Set(elements.filter(({ attributes }) => attributes.has("id")).map(({ attributes }) => attributes.get("id")));
}

function referencesIn(file, element) {
  return referencesOf(element).map((reference) => ({ ...reference, file, element: element.name, line: element.line }));
}

function referencesInStyles(file) {
  const css = read(file).replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  const found = [...css.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3/gi)];
  return found.map((match) => ({
    file, element: "css", attribute: "url", value: match[2] ?? match[4], loads: true,
    line: css.slice(0, match.index).split("\n").length,
  }));
}

/** Why a reference leads nowhere: no fault, or one. */
function brokenness(reference) {
  const target = targetOf(reference);
  const problem = target && problemWith(target);
  return problem ? [`${describe(reference)}: ${problem}`] : [];
}

/** The path and fragment inside the site that a reference means; undefined if it leads elsewhere. */
function targetOf({ file, value }) {
  const root = isAbsolute(value) ? base : LOCAL;
  if (!root || isInline(value)) return undefined;
  const url = parsed(value, new URL(file.split("/").map(encodeURIComponent).join("/"), root));
  if (!url) return { malformed: true };
  if (isAbsolute(value) && !isOwn(url)) return undefined;
  if (!url.pathname.startsWith(root.pathname)) return { outside: true };
  return { path: decoded(url.pathname.slice(root.pathname.length)), fragment: decoded(url.hash.slice(1)) };
}

function problemWith({ malformed, outside, path, fragment }) {
  if (malformed) return "not an address";
  if (outside) return "leaves the site";
  if (folders.has(path)) return "a folder without its final slash";
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  if (!files.has(file)) return "no such file";
  return hasFragment(file, fragment) ? undefined : `no id “${fragment}” in ${file}`;
}

function hasFragment(file, fragment) {
  const id = fragment.replace(/:~:.*$/, "");
  if (id === "" || id === "top") return true;
  if (file.endsWith(".svg")) return read(file).includes(` id="${id}"`);
  return !ids.has(file) || ids.get(file).has(id);
}

function isAddressedWrongly({ file, element, value }) {
  if (isInline(value) || element === "link" && !isPathAbsolute(value) && isAbsolute(value)) return false;
  if (file === NOT_FOUND) return !isAbsolute(value) && !value.startsWith("#");
  if (!isAbsolute(value)) return false;
  return isPathAbsolute(value) || isOwn(parsed(value, LOCAL));
}

function isForeign({ value }) {
  return isAbsolute(value) && !isInline(value) && !isPathAbsolute(value) && !isOwn(parsed(value, base ?? LOCAL));
}

function isAbsolute(value) {
  return SCHEME.test(value) || value.startsWith("/");
}

function isPathAbsolute(value) {
  return value.startsWith("/") && !value.startsWith("//");
}

/** Whether the address carries its content or action itself. */
function isInline(value) {
  return /^(data|mailto|tel):/i.test(value);
}

function isOwn(url) {
  return Boolean(url && base) && url.origin === base.origin && url.pathname.startsWith(base.pathname);
}

function parsed(value, root) {
  return URL.canParse(value, root) ? new URL(value, root) : undefined;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function inlineCode(file, { name, attributes, line }) {
  const named = [...attributes].filter(([attribute, value]) => attribute === "style" || attribute === "srcdoc"
    || attribute.startsWith("on") || /^\s*javascript:/i.test(value)).map(([attribute]) => attribute);
  const faults = named.map((attribute) => `attribute ${attribute} of <${name}>`);
  if (name === "style") faults.push("<style>");
  if (name === "base") faults.push("<base>");
  if (name === "script" && !attributes.has("src") && attributes.get("type") !== DATA_BLOCK) faults.push("<script> without src");
  return faults.map((fault) => `${file}:${line}: ${fault}`);
}

function isDataBlock({ name, attributes }) {
  return name === "script" && attributes.get("type") === DATA_BLOCK;
}

function jsonFault(file, { text, line }) {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`${file}:${line}: ${error.message}`];
  }
}

/** The addresses of the site in a text of any format. */
function addressesIn(file, text) {
  const start = base.href.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = [...text.matchAll(new RegExp(`${start}[^\\s"'<>()\\\\]*`, "g"))];
  return found.map((match) => reference(file, match[0], text.slice(0, match.index).split("\n").length));
}

/** The addresses of the site in all strings of a JSON value. */
function addressesInData(file, value) {
  if (typeof value === "string") return addressesIn(file, value);
  return value && typeof value === "object" ? Object.values(value).flatMap((inner) => addressesInData(file, inner)) : [];
}

/** The rules `from to status` of a list. */
function rulesInList(file) {
  return read(file).trimEnd().split("\n").map((line, at) => {
    const [from, to, status, ...rest] = line.split(" ");
    assert.ok(/^30[12]$/.test(status) && rest.length === 0, `${file}:${at + 1}: ${line}`);
    return { from: reference(file, from, at + 1), to: reference(file, to, at + 1) };
  });
}

/** The rules `"~^from$" "to";` of the maps of nginx, where an expression stands for exactly one path. */
function rulesInMap(file) {
  return read(file).split("\n").flatMap((line, at) => {
    const [, from, to] = line.match(/^ {4}"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)";$/) ?? [];
    if (from === undefined) return [];
    const expression = withoutBackslashes(from);
    assert.ok(/^~\^\/(?:[^\\^$.|?*+()[\]{}]|\\.)*\$$/.test(expression), `${file}:${at + 1}: ${line}`);
    const path = withoutBackslashes(expression.slice(2, -1)).split("/").map(encodeURIComponent).join("/");
    return [{ from: reference(file, path, at + 1), to: reference(file, withoutBackslashes(to), at + 1) }];
  });
}

function withoutBackslashes(text) {
  return text.replace(/\\(.)/g, "$1");
}

function reference(file, value, line) {
  return { file, value, line, element: "text", attribute: "address" };
}

function xmlFiles() {
  return [...files].filter((file) => /\.(xml|atom|rss|svg)$/.test(file));
}

/** The faults of an XML file, and the addresses in its `loc` and `link` elements. */
function readXml(file) {
  const parser = new SaxesParser({ xmlns: true });
  const result = { faults: [], references: [] };
  const note = (value) => {
    if (value.trim() === "") return;
    result.references.push({ file, element: "xml", attribute: "address", value: value.trim(), line: parser.line });
  };
  let text = "";
  parser.on("error", (error) => result.faults.push(`${file}:${error.message}`));
  parser.on("opentag", ({ local, attributes }) => {
    text = "";
    if (local === "link") note(attributes.href?.value ?? "");
  });
  parser.on("text", (part) => (text += part));
  parser.on("closetag", ({ local }) => ["loc", "link"].includes(local) && note(text));
  parser.write(read(file)).close();
  return result;
}

function describe({ file, line, element, attribute, value }) {
  return `${file}:${line}: ${element} ${attribute}="${value}"`;
}
