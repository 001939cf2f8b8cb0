// The archive of talks: filters that combine and stay in the address, what goes without a script, the player and the
// transcript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { siteFolder } from "./site.mjs";
import { inPage, overflowAt, useBrowser, visit, WIDTHS } from "./stage.mjs";

const ARCHIVE = "/ki-lab/";
const TALK = "/ki-lab/6/ki-verordnung-ueberblick/";

useBrowser(siteFolder());

const shown = (page) => page.locator("[data-keys]:visible").allTextContents();
const choose = (page, name, value) => page.locator(`select[name="${name}"]`).selectOption(value);

test("the archive, its choices and a talk are accessible", (t) =>
  inPage({}, async (page) => {
    for (const path of [ARCHIVE, `${ARCHIVE}thema/datenqualitaet/`, TALK]) {
      await visit(page, path);
      await accessible(t, page, path);
    }
  }));

for (const width of WIDTHS) {
  test(`nothing sticks out of a window of ${width} pixels`, () =>
    inPage({}, async (page) => {
      for (const path of [ARCHIVE, TALK]) {
        await visit(page, path);
        assert.deepEqual(await overflowAt(page, width), [], path);
      }
    }));
}

test("filters combine, the address keeps them, and going back takes them back", () =>
  inPage({}, async (page) => {
    await visit(page, ARCHIVE);
    const all = (await shown(page)).length;
    await choose(page, "format", "praxisbeispiel");
    const some = (await shown(page)).length;
    await choose(page, "thema", "datenqualitaet");
    const few = await shown(page);
    assert.ok(few.length > 0 && few.length < some && some < all, `${few.length} of ${some} of ${all}`);
    assert.ok(few.every((line) => line.includes("Praxisbeispiel")), few.join("; "));
    assert.equal(await page.locator(".archive-count").textContent(), `${few.length} von ${all} Vorträgen`);
    const empty = page.locator(".lab:visible").filter({ hasNot: page.locator("[data-keys]:visible") });
    assert.equal(await empty.count(), 0, "a lab without talks is shown");
    const address = page.url();
    assert.match(address, /\?format=praxisbeispiel&thema=datenqualitaet$/);
    await page.reload();
    assert.deepEqual(await shown(page), few);
    await page.goBack();
    assert.equal((await shown(page)).length, some);
    await choose(page, "format", "");
    assert.equal((await shown(page)).length, all);
    assert.ok(!page.url().includes("?"), page.url());
  }));

test("an address with a value that no talk has shows all", () =>
  inPage({}, async (page) => {
    await visit(page, `${ARCHIVE}?format=gibt-es-nicht&thema=%`);
    assert.equal(await page.locator("[data-keys]:visible").count(), await page.locator("[data-keys]").count());
  }));

test("talks on a chapter are chosen by it", () =>
  inPage({}, async (page) => {
    await visit(page, ARCHIVE);
    await choose(page, "kapitel", "datenqualitaet");
    const talks = await page.locator("[data-keys]:visible a").evaluateAll((links) => links.map((link) => link.pathname));
    assert.deepEqual(talks, ["/ki-lab/5/pseudonymisierung/", "/ki-lab/1/datenbereinigung/", "/ki-lab/1/datenqualitaet/"]);
  }));

test("without a script there are no filters, but a page for each format, topic and speaker", () =>
  inPage({ javaScriptEnabled: false }, async (page) => {
    await visit(page, ARCHIVE);
    assert.ok(!(await page.locator(".archive-filters").isVisible()));
    await page.locator(".more-choices a", { hasText: "Datenqualität" }).click();
    assert.equal(new URL(page.url()).pathname, `${ARCHIVE}thema/datenqualitaet/`);
    assert.ok((await page.locator(".ledger li").count()) > 1);
    await page.locator(".more-choices a", { hasText: "Alle Namen" }).click();
    await page.locator("main a", { hasText: "Externer Impuls" }).click();
    assert.equal(await page.locator("h1").innerText(), "Vorträge von Externer Impuls");
    await page.locator(".ledger a").first().click();
    assert.equal(new URL(await page.locator(".facts a", { hasText: "Externer Impuls" }).first().getAttribute("href"), page.url()).pathname, `${ARCHIVE}vortragende/externer-impuls/`);
  }));

test("the timeline leads to each lab and says the same as its table", () =>
  inPage({}, async (page) => {
    await visit(page, ARCHIVE);
    await page.locator(".timeline-table summary").click();
    const drawn = await page.locator(".timeline-drawing a").evaluateAll((marks) => marks.map((mark) => mark.href.baseVal));
    const listed = await page.locator(".timeline-table a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.deepEqual(drawn, listed);
    assert.ok(drawn.length > 1);
  }));

test("a time of the transcript takes the recording there", () =>
  inPage({}, async (page) => {
    await visit(page, TALK);
    const marks = page.locator(".transcript .mark");
    assert.match(await marks.first().getAttribute("href"), /ki-verordnung-ueberblick\.ogg#t=0$/);
    await page.evaluate(() => (document.querySelector("audio").muted = true));
    await marks.last().click();
    const wanted = Number(await marks.last().getAttribute("data-seconds"));
    await page.waitForFunction((time) => document.querySelector("audio").currentTime >= time && !document.querySelector("audio").paused, wanted);
    assert.equal(new URL(page.url()).hash, "");
  }));
