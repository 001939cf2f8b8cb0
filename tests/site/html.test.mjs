// Every page is valid HTML, by the Nu HTML checker: no error and no warning. The pages are checked as served, so that
// the checker can hold their own content policy against what they load.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assertNone } from "./faults.mjs";
import { serve } from "./serve.mjs";
import { baseUrl, filesBelow, siteFolder } from "./site.mjs";

const PAGES_A_CALL = 500;
const JAR = join(dirname(fileURLToPath(import.meta.resolve("vnu-jar"))), "build/dist/vnu.jar");

test("every page is valid HTML", async () => {
  const folder = siteFolder();
  const pages = filesBelow(folder).filter((file) => file.endsWith(".html"));
  assert.ok(pages.length > 0, "the site has no pages");
  const server = await serve(folder, baseUrl(folder)?.pathname);
  const found = [];
  for (const batch of inBatches(pages)) found.push(...(await check(server, batch)));
  await server.close();
  assertNone(found, "errors and warnings in the HTML");
});

function inBatches(files) {
  const count = Math.ceil(files.length / PAGES_A_CALL);
  return Array.from({ length: count }, (_, at) => files.slice(at * PAGES_A_CALL, (at + 1) * PAGES_A_CALL));
}

/** The checker's messages about these pages, as `file:line:column: text`. */
async function check(server, pages) {
  // The checker keeps away from the machine it runs on unless it is told.
  const options = ["-Xss16m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", JAR, "--stdout", "--exit-zero-always", "--format", "json"];
  const addresses = pages.map((page) => server.address(page.split("/").map(encodeURIComponent).join("/")));
  const { stdout } = await promisify(execFile)("java", [...options, ...addresses], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout).messages.map((message) => describe(server, message));
}

function describe(server, { url, lastLine, lastColumn, firstColumn, message, extract }) {
  const file = url ? decodeURIComponent(url.slice(server.address("/").length)) : "?";
  return `${file}:${lastLine ?? 0}:${firstColumn ?? lastColumn ?? 0}: ${message}${extract ? `\n    ${extract.trim()}` : ""}`;
}
