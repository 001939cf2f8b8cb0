// The built site under test: its folder, its files, and the address it was built for.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { elementsOf } from "./document.mjs";

const DEFAULT_FOLDER = join(import.meta.dirname, "../../public");
const DEFAULT_SERIES = join(import.meta.dirname, "../../public-series");

/** The folder named by SITE, as an absolute path. */
export function siteFolder() {
  return folderIn("SITE", DEFAULT_FOLDER);
}

/** The folder named by SERIES: a site of which one release begins a new series of numbers, as the example has none. */
export function seriesFolder() {
  return folderIn("SERIES", DEFAULT_SERIES);
}

function folderIn(variable, otherwise) {
  const folder = process.env[variable] ? resolve(process.env[variable]) : otherwise;
  if (!existsSync(join(folder, "index.html"))) {
    throw new Error(`no built site in ${folder}: build it first, or name its folder in ${variable}`);
  }
  return folder;
}

/** All files below a folder, as sorted paths with "/" relative to it. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path).split(sep).join("/"))
    .sort();
}

/** The address the site was built for, read from the canonical link of its start page; undefined without one. */
export function baseUrl(folder) {
  const start = elementsOf(readFileSync(join(folder, "index.html"), "utf8"));
  const canonical = start.find(({ name, attributes }) => name === "link" && attributes.get("rel") === "canonical");
  return canonical && new URL(".", canonical.attributes.get("href"));
}
