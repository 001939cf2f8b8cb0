// The search of a site that lies below a path of its host.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "./search.mjs";
import { siteFolder } from "./site.mjs";
import { inPage, useBrowser, visit } from "./stage.mjs";

useBrowser(siteFolder(), "/eine/stelle/");

test("a hit leads to its page below the path, and words that may be meant are offered", () =>
  inPage({}, async (page) => {
    await visit(page, "/suche/");
    const [hit] = await ask(page, "Drift");
    assert.match(hit, /^\/eine\/stelle\/glossar\/drift\//);
    await page.locator(".search-results a").first().click();
    assert.equal(await page.locator("h1").innerText(), "Drift");
    await visit(page, "/suche/");
    await ask(page, "Datenqalität");
    assert.equal(await page.locator(".search-status button").innerText(), "datenqualität");
  }));
