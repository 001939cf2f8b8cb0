// On paper: nothing to click, addresses written out, and the release named on every chapter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { pathOf } from "./pages.mjs";
import { HEIGHT, inPage, useBrowser, visit } from "./stage.mjs";

const A4_WIDTH = 794 - 2 * 83; // 210 mm at 96 dots an inch, less the margins
const RELEASES = { "chapter": "Fassung 2.0", "superseded chapter": "Fassung 1.1", "draft chapter": "Konsultationsfassung" };
const KINDS = ["start page", "chapter", "superseded chapter", "draft chapter", "paragraph", "changes", "synopsis", "redline", "norms"];

useBrowser();

for (const kind of KINDS) {
  test(`${kind} in print: nothing to click, addresses written out, no wider than the paper`, () =>
    inPage({ viewport: { width: A4_WIDTH, height: HEIGHT } }, async (page) => {
      await visit(page, pathOf(kind));
      const card = page.locator("summary.number").first();
      if (await card.count() > 0) await card.click();
      await page.emulateMedia({ media: "print" });
      assertNone(await page.evaluate(shownForNothing), "things on paper that are of no use there");
      assertNone(await page.evaluate(linksWithoutAddress), "links to other hosts without their address");
      const { needed, given } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, given: innerWidth }));
      assert.ok(needed <= given, `${needed} px of content on paper of ${given} px`);
    }));
}

for (const [kind, label] of Object.entries(RELEASES)) {
  test(`${kind} in print: the head names the ${label}`, () =>
    inPage({}, async (page) => {
      await visit(page, pathOf(kind));
      const head = page.locator(".print-head");
      assert.ok(!await head.isVisible(), "the head of the print is on the screen");
      await page.emulateMedia({ media: "print" });
      assert.ok(await head.isVisible(), "the head of the print is not printed");
      assert.match(await head.innerText(), new RegExp(label));
      assert.match(await page.locator(".print-address").innerText(), new RegExp(`https://\\S+${pathOf(kind)}`));
    }));
}

/** Runs in the page: what only a screen can use and is displayed all the same. */
function shownForNothing() {
  const useless = [".site-header .menu", ".skip", ".breadcrumbs", ".line-number > .card", ".filters", ".choices", ".copy-button", ".toc", ".versions"];
  const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility() && element.getClientRects().length > 0);
  return useless.filter(shown);
}

/** Runs in the page: the displayed links in the main part that lead to another host and do not say where. */
function linksWithoutAddress() {
  const links = [...document.querySelectorAll("main a[href]")].filter((link) => /^https?:/.test(link.getAttribute("href")) && link.checkVisibility());
  const says = (link) => {
    const { content } = getComputedStyle(link, "::after");
    return content.includes(link.getAttribute("href")) || content.includes("attr(href)");
  };
  return links.filter((link) => !says(link)).map((link) => link.outerHTML.slice(0, 160));
}
