// The archives that the site offers: sound bags (RFC 8493), every link of theirs leads somewhere on the disk or to the public
// address, and a browser reads them from the disk without scripts.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { launch } from "./browser.mjs";
import { elementsOf, referencesOf } from "./document.mjs";
import { assertNone } from "./faults.mjs";
import { baseUrl, filesBelow, siteFolder } from "./site.mjs";

const site = siteFolder();
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const archives = filesBelow(site).filter((file) => file.endsWith(".zip"));
const work = mkdtempSync(join(tmpdir(), "leitwerk-archives-"));
const unpacked = archives.map(unpack);
let browser;

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

/** Unpacks an archive; its name, its folder and its files by their paths below the folder. */
function unpack(archive) {
  const entries = Object.entries(unzipSync(readFileSync(join(site, archive))));
  const base = entries[0][0].split("/")[0];
  const files = new Map(entries.map(([path, bytes]) => [path.slice(base.length + 1), bytes]));
  for (const [path, bytes] of entries) {
    mkdirSync(join(work, dirname(path)), { recursive: true });
    writeFileSync(join(work, path), bytes);
  }
  return { archive, base, files, folder: join(work, base) };
}

test("each sealed release has its archive", () => {
  assert.ok(archives.length >= 3, `${archives.length} archives`);
});

for (const { archive, base, files, folder } of unpacked) {
  test(`${archive} is a sound bag`, () => {
    assert.equal(`${base}.zip`, posix.basename(archive));
    assert.match(text(files, "bagit.txt"), /^BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n$/);
    const payload = [...files].filter(([path]) => path.startsWith("data/"));
    const size = payload.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    assert.match(text(files, "bag-info.txt"), new RegExp(`^Payload-Oxum: ${size}\\.${payload.length}$`, "m"));
    assertNone(differences(files, "manifest-sha512.txt", (path) => path.startsWith("data/")), "payload");
    const isTag = (path) => !path.startsWith("data/") && path !== "tagmanifest-sha512.txt";
    assertNone(differences(files, "tagmanifest-sha512.txt", isTag), "tag files");
  });

  test(`${archive} leads nowhere into nothing`, () => {
    const pages = new Map([...files].filter(([path]) => path.endsWith(".html")).map(([path, bytes]) => [path, elementsOf(Buffer.from(bytes).toString("utf8"))]));
    const live = baseUrl(site).href;
    const faults = [...pages].flatMap(([page, elements]) =>
      elements.flatMap((element) => referencesOf(element).map((reference) => fault(page, reference, files, pages, live)).filter(Boolean)),
    );
    assertNone(faults, "broken references");
    assert.ok(pages.size > 20, `${pages.size} pages`);
  });

  test(`${archive} is read from the disk without scripts`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure().errorText}`));
    page.on("request", (request) => request.url().startsWith("file:") || complaints.push(`asks for ${request.url()}`));
    await page.goto(pathToFileURL(join(folder, "data/index.html")).href);
    await page.waitForURL("**/pages/**");
    assert.equal(await page.locator("h1").count(), 1);
    assert.equal(await page.locator(".notice-archived").count(), 1, "no word that this is an archive");
    await page.locator(".contents a").first().click();
    await page.waitForURL("**/index.html");
    const body = page.locator("body");
    assert.notEqual(await body.evaluate((node) => getComputedStyle(node).fontFamily), "", "no style");
    assert.ok((await body.boundingBox()).width <= 390);
    assert.ok((await page.locator("[id^='rn-']").count()) > 3, "no paragraphs");
    assertNone(complaints, "complaints of the browser");
    await context.close();
  });
}

function text(files, path) {
  return Buffer.from(files.get(path) ?? "").toString("utf8");
}

/** What a manifest and the files that it must name do not agree on. */
function differences(files, manifest, belongs) {
  const listed = new Map(text(files, manifest).trimEnd().split("\n").map((line) => line.split("  ").toReversed()));
  const is = new Map([...files].filter(([path]) => belongs(path)).map(([path, bytes]) => [path, createHash("sha512").update(bytes).digest("hex")]));
  const wrong = [...new Set([...listed.keys(), ...is.keys()])].filter((path) => listed.get(path) !== is.get(path));
  return wrong.map((path) => `${manifest}: ${path}`);
}

/** What is wrong with a reference of a page in an archive; undefined if nothing is. */
function fault(page, { attribute, value, loads }, files, pages, live) {
  const told = `${page}: ${attribute} ${value}`;
  if (SCHEME.test(value)) return loads && !value.startsWith("data:") ? `${told} is loaded from elsewhere` : undefined;
  if (value.startsWith("/")) return `${told} leads to the root of the disk (public: ${live})`;
  const [path, fragment] = decodeURIComponent(value).split("#");
  const file = path ? posix.join(posix.dirname(page), path) : page;
  if (!files.has(file)) return `${told} leads to no file`;
  if (!fragment || !pages.has(file)) return undefined;
  return pages.get(file).some(({ attributes }) => attributes.get("id") === fragment) ? undefined : `${told} leads to no id`;
}
