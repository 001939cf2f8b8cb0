// Every page is valid HTML, by the Nu HTML checker.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assertNone } from "./faults.mjs";
import { filesBelow, siteFolder } from "./site.mjs";

const FILES_A_CALL = 500;
const JAR = join(dirname(fileURLToPath(import.meta.resolve("vnu-jar"))), "build/dist/vnu.jar");

test("every page is valid HTML", () => {
  const folder = siteFolder();
  const pages = filesBelow(folder).filter((file) => file.endsWith(".html"));
  assert.ok(pages.length > 0, "the site has no pages");
  assertNone(inBatches(pages).flatMap((batch) => check(folder, batch)), "errors in the HTML");
});

function inBatches(files) {
  const count = Math.ceil(files.length / FILES_A_CALL);
  return Array.from({ length: count }, (_, at) => files.slice(at * FILES_A_CALL, (at + 1) * FILES_A_CALL));
}

/** The checker's messages about these pages, as `file:line:column: text`. */
function check(folder, pages) {
  const options = ["-Xss16m", "-jar", JAR, "--errors-only", "--stdout", "--exit-zero-always", "--format", "json"];
  const output = execFileSync("java", [...options, ...pages], { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 });
  return JSON.parse(output).messages.map((message) => describe(folder, message));
}

function describe(folder, { url, lastLine, lastColumn, firstColumn, message, extract }) {
  const file = url ? relative(folder, fileURLToPath(new URL(url, pathToFileURL(`${folder}/`)))) : "?";
  return `${file}:${lastLine ?? 0}:${firstColumn ?? lastColumn ?? 0}: ${message}${extract ? `\n    ${extract.trim()}` : ""}`;
}
