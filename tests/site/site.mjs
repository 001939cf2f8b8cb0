// The built site under test: its folder, its files, and the address it was built for.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { elementsOf } from "./document.mjs";

const DEFAULT_FOLDER = join(import.meta.dirname, "../../public");

/** The folder named by SITE, as an absolute path. */
export function siteFolder() {
  const folder = process.env.SITE ? resolve(process.env.SITE) : DEFAULT_FOLDER;
  if (!existsSync(join(folder, "index.html"))) {
    throw new Error(`no built site in ${folder}: build it first, or name its folder in SITE`);
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
