// The search as a reader meets it: what is found, in which order, how heavy it is, by keyboard, and without a script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { ask } from "./search.mjs";
import { siteFolder } from "./site.mjs";
import { inPage, overflowAt, useBrowser, visit, WIDTHS } from "./stage.mjs";

const SEARCH = "/suche/";
/** A wanted page is among so many first hits, for so many of a hundred queries. */
const FIRST = 3;
const SHARE = 95;
const queries = JSON.parse(readFileSync(join(import.meta.dirname, "queries.json"), "utf8"));

useBrowser(siteFolder());

const without = (address) => address.split("#")[0];

test(`of ${queries.length} queries at least ${SHARE} % have the wanted page among the first ${FIRST} hits`, (t) =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    const missed = [];
    for (const { kind, query, wanted, meant } of queries) {
      let hits = await ask(page, query);
      const offer = page.locator(".search-status button");
      if (meant && (await offer.count()) > 0) {
        if ((await offer.textContent()) !== meant) missed.push(`${kind}: ${query} is taken for ${await offer.textContent()}`);
        hits = await ask(page, meant);
      }
      const place = hits.map(without).indexOf(wanted) + 1;
      if (place === 0 || place > FIRST) missed.push(`${kind}: ${query} has ${wanted} at ${place || "no place"}; first ${hits[0]}`);
    }
    t.diagnostic(`${queries.length - missed.length} of ${queries.length} found; missed: ${missed.join("; ") || "none"}`);
    assert.ok(missed.length <= (queries.length * (100 - SHARE)) / 100, missed.join("\n"));
  }));

test("a hit tells chapter, release, section and number, leads to the paragraph, and shows no added word", () =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    await ask(page, "Verhältnis Zweck Datenqualität");
    const hit = page.locator(".search-results li", { has: page.locator("a[href*='/leitlinien/2.0/datenqualitaet/']") });
    assert.match(await hit.locator(".place").innerText(), /^Kapitel · Fassung 2\.0 · .+ · Rn\. \d+[a-z]*$/);
    assert.match(await hit.locator("a").getAttribute("href"), /#rn-\d+[a-z]*$/);
    const shown = await hit.locator(".text").innerText();
    assert.ok(!/Daten Qualität/.test(shown), shown);
    await hit.locator("a").click();
    assert.match(await page.locator(new URL(page.url()).hash).innerText(), /Datenqualität/);
  }));

test("older releases are found only when they are asked for", () =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    const now = await ask(page, "Datenqualität");
    assert.ok(now.every((address) => !/\/leitlinien\/1\./.test(address)), now.join(" "));
    await page.locator(".search-older input").check();
    await page.waitForFunction(() => document.querySelector(".search-results").innerHTML.includes("/leitlinien/1.0/"));
    assert.match(page.url(), /[?&]alle=1/);
    await page.locator(".search-older input").uncheck();
    await page.waitForFunction(() => !document.querySelector(".search-results").innerHTML.includes("/leitlinien/1."));
  }));

test("filters narrow what is found, and the address keeps them", () =>
  inPage({}, async (page) => {
    await visit(page, `${SEARCH}?q=Daten`);
    await page.locator(".search-results li").first().waitFor();
    await page.locator("select[name=kind]").selectOption("Vortrag");
    await page.waitForFunction(() => [...document.querySelectorAll(".search-results .place")].every((place) => place.textContent.startsWith("Vortrag")));
    assert.match(page.url(), /kind=Vortrag/);
    await page.reload();
    await page.locator(".search-results li").first().waitFor();
    assert.equal(await page.locator("select[name=kind]").inputValue(), "Vortrag");
  }));

test("who comes back from a hit finds what was typed", () =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    await page.locator("#lw-search").pressSequentially("Bias");
    await page.locator(".search-results a").first().click();
    await page.waitForURL((url) => url.pathname !== SEARCH);
    await page.goBack();
    await page.locator(".search-results a").first().waitFor();
    assert.equal(await page.locator("#lw-search").inputValue(), "Bias");
  }));

test("from any page a slash leads to the field, and Enter to what is found", () =>
  inPage({}, async (page) => {
    await visit(page, "/werte/");
    await page.keyboard.press("/");
    await page.keyboard.type("Drift");
    await page.keyboard.press("Enter");
    await page.locator(".search-results a").first().waitFor();
    assert.match(page.url(), /\/suche\/\?q=Drift$/);
    assert.equal(await page.locator("#lw-search").inputValue(), "Drift");
  }));

test("the first query is light", (t) =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    // What the page itself loads does not count.
    await page.waitForLoadState("networkidle");
    let bytes = 0;
    page.on("response", async (answer) => (bytes += (await answer.body().catch(() => "")).length));
    await ask(page, "Qualität");
    t.diagnostic(`the first query loads ${bytes} bytes`);
    assert.ok(bytes < 200_000, `${bytes} bytes`);
  }));

test("only the search may run WebAssembly", () => {
  const policy = (path) => readFileSync(join(siteFolder(), path), "utf8").match(/Content-Security-Policy" content="([^"]+)"/)[1];
  assert.match(policy("suche/index.html"), /wasm-unsafe-eval/);
  assert.doesNotMatch(policy("index.html"), /wasm-unsafe-eval/);
});

test("without a script there is an index of names", () =>
  inPage({ javaScriptEnabled: false }, async (page) => {
    await visit(page, `${SEARCH}?q=Drift`);
    await page.locator(".search-names a", { hasText: "Drift" }).first().click();
    assert.equal(new URL(page.url()).pathname, "/glossar/drift/");
  }));

test("a keyboard alone asks, hears how much was found, takes what may be meant, and reads on where more comes", () =>
  inPage({}, async (page) => {
    const focused = (selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);
    await visit(page, SEARCH);
    await page.keyboard.press("/");
    await focused("#lw-search");
    await page.keyboard.type("Datenqalität");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByRole("button", { name: "datenqualität" }).waitFor();
    for (let stop = 0; stop < 12 && !(await page.evaluate(() => document.activeElement.matches(".search-status button"))); stop++) await page.keyboard.press("Tab");
    await focused(".search-status button");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: /^\d+ Treffer\.$/ }).waitFor();
    assert.equal(await page.locator("#lw-search").inputValue(), "datenqualität");
    // The button is gone; the focus must not fall back to the top of the page.
    await focused("#lw-search");
    await ask(page, "Daten");
    await page.locator(".search-more").focus();
    await page.keyboard.press("Enter");
    await focused(".search-results li:nth-child(11) a");
    assert.ok((await page.getByRole("heading", { level: 2 }).count()) > 10);
  }));

test("the search is accessible, empty and with hits", (t) =>
  inPage({}, async (page) => {
    await visit(page, SEARCH);
    await accessible(t, page, "empty");
    await ask(page, "Qualität");
    await accessible(t, page, "with hits");
  }));

for (const width of WIDTHS) {
  test(`nothing sticks out of a window of ${width} pixels`, () =>
    inPage({}, async (page) => {
      await visit(page, SEARCH);
      await ask(page, "Folgenabschätzung");
      assert.deepEqual(await overflowAt(page, width), [], SEARCH);
    }));
}
