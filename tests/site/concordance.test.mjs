// A release that begins a new series of numbers: its concordance, and what an old number leads to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { assertArrived, click, follow, inPage, overflowAt, useBrowser, visit, WIDTHS } from "./stage.mjs";
import { seriesFolder } from "./site.mjs";

const WITHOUT = { javaScriptEnabled: false };
const RELEASE = "/leitlinien/2.0/";
const CONCORDANCE = `${RELEASE}konkordanz/`;
const NUMBER = "/leitlinien/rn/1/";
const folder = seriesFolder();

useBrowser(folder);

test("the concordance is accessible", (t) =>
  inPage({}, async (page) => {
    await visit(page, CONCORDANCE);
    await accessible(t, page, "concordance");
  }));

test("a number in two series is accessible", (t) =>
  inPage({}, async (page) => {
    await visit(page, NUMBER);
    await accessible(t, page, "number in two series");
  }));

for (const width of WIDTHS) {
  test(`nothing sticks out of a window of ${width} pixels`, () =>
    inPage({}, async (page) => {
      for (const path of [CONCORDANCE, NUMBER]) {
        await visit(page, path);
        assert.deepEqual(await overflowAt(page, width), [], path);
      }
    }));
}

test("from the release to the concordance, to the old paragraph and on to the new one", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, RELEASE);
    await follow(page, CONCORDANCE);
    const row = page.locator("table.concordance").first().locator("tbody tr").first();
    const [old, now] = [row.locator("th a"), row.locator("td a")];
    assert.deepEqual([await old.textContent(), await now.textContent()], ["Rn.\u00a01", "Rn.\u00a02"]);
    await click(page, old);
    await assertArrived(page, "/leitlinien/1.0/ziele/#rn-1");
    const cited = await page.locator("#rn-1 .line-text").textContent();
    await page.goBack();
    await click(page, now);
    await assertArrived(page, "/leitlinien/2.0/zwecke/#rn-2");
    assert.equal((await page.locator("#rn-2 .line-text").textContent()).trim(), cited.trim(), "another paragraph");
  }));

test("the concordance reads alike as a page, as a table and as data", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, CONCORDANCE);
    const shown = await page.locator("table.concordance tbody tr").evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((cell) => [...cell.querySelectorAll("a")].map((link) => link.textContent.replace(/^Rn\.\s/, "")))));
    const [, ...lines] = readFileSync(join(folder, CONCORDANCE, "konkordanz.csv"), "utf8").trim().split(/\r?\n/);
    const written = lines.map((line) => line.split(",")).map(([, number, , counterpart]) => [[number], counterpart ? [counterpart] : []]);
    assert.deepEqual(written, shown);
    const { old, new: now } = JSON.parse(readFileSync(join(folder, CONCORDANCE, "index.json"), "utf8"));
    const numbers = ({ number, counterparts }) => [[number], counterparts.map(({ number }) => number)];
    assert.deepEqual([...old, ...now].map(numbers), shown);
  }));

test("an old number offers the paragraph of each series, newest first", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, NUMBER);
    const series = page.locator("section.life h2");
    assert.deepEqual((await series.allTextContents()).map((text) => text.trim().slice(0, 24)), ["Zählung seit Fassung 2.0", "Zählung seit Fassung 1.0"]);
    await follow(page, `${NUMBER}#lw-series-1`);
    await assertArrived(page, `${NUMBER}#lw-series-1`);
    await follow(page, "/leitlinien/1.0/ziele/#rn-1");
    await assertArrived(page, "/leitlinien/1.0/ziele/#rn-1");
  }));
