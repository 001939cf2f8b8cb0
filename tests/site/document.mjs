// Reads one HTML page into a flat list of its elements, and tells which of their attributes refer to something.
import { parse } from "parse5";

const REFERRING = ["href", "xlink:href", "src", "poster", "cite", "data", "action", "formaction"];
const LISTS = ["srcset", "imagesrcset"];
const NEVER_LOADING = new Set(["a", "area", "form", "button", "blockquote", "q", "ins", "del", "meta"]);
const LOADING_LINKS = new Set([
  "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload",
  "prefetch", "prerender", "preconnect", "dns-prefetch",
]);

/** The page as parse5 gives it: a tree. */
export function treeOf(html) {
  return parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false });
}

/** The elements below a node that have this name, or one that fits the pattern, in document order. */
export function elementsIn(node, name) {
  const fits = ({ tagName }) => tagName && (name instanceof RegExp ? name.test(tagName) : tagName === name);
  return (node.childNodes ?? []).flatMap((child) => [...(fits(child) ? [child] : []), ...elementsIn(child, name)]);
}

/** The pieces of text below a node, in document order. */
export function textNodesIn(node) {
  return (node.childNodes ?? []).flatMap((child) => (child.nodeName === "#text" ? [child] : textNodesIn(child)));
}

/** An attribute of an element of the tree; undefined without it. */
export function attribute(element, name) {
  return element.attrs?.find((one) => one.name === name)?.value;
}

/** Every element in document order: name, attributes, text directly inside, line. */
export function elementsOf(html) {
  const found = [];
  collect(treeOf(html), found);
  return found;
}

/** Every reference of an element: attribute, value, and whether a browser loads it without being asked. */
export function referencesOf(element) {
  const loads = isLoading(element);
  const single = REFERRING.filter((name) => element.attributes.has(name))
    .filter((name) => name !== "data" || element.name === "object")
    .map((attribute) => ({ attribute, value: element.attributes.get(attribute).trim(), loads: loads && attribute !== "cite" }));
  const lists = LISTS.filter((name) => element.attributes.has(name)).flatMap((attribute) =>
    candidates(element.attributes.get(attribute)).map((value) => ({ attribute, value, loads: true })));
  return [...single, ...lists, ...refreshOf(element)];
}

/** The `rel` values of a link element. */
export function relations(element) {
  return (element.attributes.get("rel") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
}

function collect(node, found) {
  if (node.tagName) found.push(describe(node));
  for (const child of [...(node.childNodes ?? []), ...(node.content ? [node.content] : [])]) collect(child, found);
}

function describe(node) {
  return {
    name: node.tagName,
    attributes: new Map(node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value])),
    text: node.childNodes.filter(({ nodeName }) => nodeName === "#text").map(({ value }) => value).join(""),
    line: node.sourceCodeLocation?.startLine ?? 0,
  };
}

function isLoading(element) {
  if (element.name === "link") return relations(element).some((rel) => LOADING_LINKS.has(rel));
  return !NEVER_LOADING.has(element.name);
}

/** The addresses of a srcset. */
function candidates(srcset) {
  return [...srcset.matchAll(/(\S*[^\s,])(?:\s+[^,]+)?\s*(?:,|$)/g)].map((match) => match[1]);
}

/** The address that a `<meta http-equiv="refresh">` leads to. */
function refreshOf({ name, attributes }) {
  if (name !== "meta" || attributes.get("http-equiv")?.toLowerCase() !== "refresh") return [];
  const address = attributes.get("content")?.match(/url\s*=\s*['"]?([^'"]+)/i)?.[1];
  return address ? [{ attribute: "content", value: address.trim(), loads: true }] : [];
}
