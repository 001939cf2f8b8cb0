// What a person does: reads from page to page, cites, follows a paragraph through the releases, gets lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNone } from "./faults.mjs";
import { pathOf } from "./pages.mjs";
import { address, assertArrived, click, follow, inPage, overflowAt, pathIn, useBrowser, visit, WIDTHS } from "./stage.mjs";

const WITHOUT = { javaScriptEnabled: false };
const GUIDELINE = "/leitlinien/";
const CURRENT = `${GUIDELINE}2.0/`;
const OLD_CHAPTER = `${GUIDELINE}1.1/folgenabschaetzung/`;
const NEW_CHAPTER = `${CURRENT}risikomanagement/`;
// A paragraph of the old chapter that stands in another chapter now, and one that stayed in the chapter.
const MOVED = { anchor: "#rn-54", now: `${CURRENT}menschliche-aufsicht/#rn-54` };
const STAYED = { anchor: "#rn-42", now: `${NEW_CHAPTER}#rn-42` };
const PUBLIC = "https://leitlinien.example.org";
const LOST = "/gibt/es/nicht/";

useBrowser();

for (const options of [WITHOUT, {}]) {
  const how = options === WITHOUT ? "without JavaScript" : "with JavaScript";
  test(`from the start page to the redline ${how}`, () => inPage(options, readRelease));
  test(`from a talk to a chapter and back ${how}`, () => inPage(options, readTalk));
  test(`from a talk to the change it led to and back ${how}`, () => inPage(options, readConsequence));
  test(`the address of the current release of a renamed chapter leads to it ${how}`, () => inPage(options, followCurrent));
  test(`from a card to the paragraph's page and on to each release ${how}`, () => inPage(options, readParagraph));
  test(`the list of releases finds a renamed chapter ${how}`, () => inPage(options, pickRelease));
}

for (const { anchor, now } of [MOVED, STAYED]) {
  test(`a superseded chapter at ${anchor}: its notice leads to the paragraph in force, with JavaScript`, () =>
    inPage({}, (page) => readSuperseded(page, anchor, now, ".notice-superseded a")));
  test(`a superseded chapter at ${anchor}: the link beside it leads to the paragraph in force, without JavaScript`, () =>
    inPage(WITHOUT, (page) => readSuperseded(page, anchor, now, `${anchor} .today a`)));
}

test("the notice follows the fragment when it changes, and leads to the chapter without one", () =>
  inPage({}, async (page) => {
    const noticed = async () => pathIn(await page.locator(".notice-superseded a").evaluate(({ href }) => href));
    await visit(page, OLD_CHAPTER);
    assert.equal(await noticed(), NEW_CHAPTER);
    for (const { anchor, now } of [MOVED, STAYED]) {
      await page.evaluate((anchor) => (location.hash = anchor), anchor);
      await page.waitForFunction((end) => document.querySelector(".notice-superseded a").href.endsWith(end), now);
    }
  }));

test("the buttons of a card copy the citation and both public addresses", () =>
  inPage({ permissions: ["clipboard-read", "clipboard-write"] }, copyFromCard));

test("without JavaScript a click on a margin number opens the card and a click into the citation selects it", () =>
  inPage(WITHOUT, async (page) => {
    await visit(page, pathOf("chapter"));
    const card = page.locator(".line-number").first();
    assert.ok(!await card.locator(".card").isVisible(), "the card is open before anybody asks");
    await card.locator("summary").click();
    const citation = card.locator(".copy");
    await citation.click();
    const selected = await page.evaluate(() => getSelection().toString().trim());
    assert.equal(selected, (await citation.innerText()).trim());
    assert.match(selected, /Rn\.\s\d+\w*,\shttps:\/\//);
    assert.equal(await page.locator(".copy-button").count(), 0, "there is a button that cannot work");
  }));

test("a fragment that is not encoded rightly brings no exception", () =>
  inPage({}, async (page) => {
    for (const fragment of ["#%", "#%E4", "#rn-%zz"]) {
      await page.goto(address(OLD_CHAPTER + fragment));
      await page.locator(".notice-superseded a").waitFor();
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }));

test("an unknown address shows the styled page 404 at any depth", () =>
  inPage({}, async (page) => {
    const answer = await page.goto(address(LOST));
    assert.equal(answer.status(), 404);
    assert.ok(await page.evaluate(() => document.styleSheets.length > 0), "no stylesheet is loaded");
    for (const width of WIDTHS) assertNone(await overflowAt(page, width), "things that stick out");
    await follow(page, "/");
  }, /gibt\/es\/nicht\//));

async function readRelease(page) {
  await visit(page, pathOf("start page"));
  await follow(page, pathOf("release"));
  await follow(page, pathOf("chapter"));
  await follow(page, `${pathOf("chapter")}#rn-`);
  await assertArrived(page, pathIn(page.url()));
  await follow(page, pathOf("changes"));
  await follow(page, pathOf("synopsis"));
  await follow(page, pathOf("redline"));
  assert.ok(await page.locator("main :is(ins, del)").count() > 0, "the redline marks nothing as inserted or deleted");
}

async function readTalk(page) {
  await visit(page, pathOf("talk"));
  await follow(page, pathOf("chapter"));
  await follow(page, pathOf("talk"), /wird genannt in/i);
}

/** The entry that a talk led to names the talk among its reasons. */
async function readConsequence(page) {
  await visit(page, pathOf("talk"));
  const link = page.locator("h3:text-is('führte zu Änderung') + ul a").first();
  await click(page, link);
  const place = pathIn(page.url());
  assert.match(place, /^\/leitlinien\/[^/]+\/aenderungen\/#lw-c\d+$/);
  await assertArrived(page, place);
  await click(page, page.locator(`${place.slice(place.indexOf("#"))} .reason a`).and(page.locator(`[href*="${pathOf("talk").slice(1)}"]`)).first());
  assert.equal(pathIn(page.url()), pathOf("talk"));
}

async function followCurrent(page) {
  await page.goto(address(`${GUIDELINE}aktuell/folgenabschaetzung/`));
  await page.waitForURL(address(NEW_CHAPTER));
}

async function readParagraph(page) {
  await visit(page, NEW_CHAPTER);
  await page.locator("#rn-51 summary.number").click();
  await click(page, page.locator("#rn-51 .card").getByRole("link", { name: "Link zur jeweils gültigen Fassung" }));
  assert.equal(pathIn(page.url()), `${GUIDELINE}rn/51/`);
  const stations = await page.locator(".station h3 a").evaluateAll((links) => links.map(({ href }) => href));
  assert.deepEqual(stations.map((href) => pathIn(href).split("/")[2]), ["entwurf", "2.0", "1.1", "1.0"]);
  for (const station of stations) {
    await visit(page, `${GUIDELINE}rn/51/`);
    await click(page, page.locator(`.station h3 a[href$="${pathIn(station).slice(GUIDELINE.length)}"]`));
    await assertArrived(page, pathIn(station));
  }
}

async function pickRelease(page) {
  await visit(page, OLD_CHAPTER);
  await click(page, page.locator(".versions a", { hasText: "Fassung 2.0" }));
  assert.equal(pathIn(page.url()), NEW_CHAPTER);
  await click(page, page.locator(".versions a", { hasText: "Fassung 1.1" }));
  assert.equal(pathIn(page.url()), OLD_CHAPTER);
}

async function readSuperseded(page, anchor, now, selector) {
  await visit(page, OLD_CHAPTER + anchor);
  assert.equal(await page.locator(".notice").innerText(), "Sie lesen eine frühere Fassung. Zur aktuell gültigen Fassung");
  await click(page, page.locator(selector));
  await assertArrived(page, now);
}

async function copyFromCard(page) {
  await visit(page, OLD_CHAPTER);
  const card = page.locator(`${MOVED.anchor} .card`);
  await page.locator(`${MOVED.anchor} summary.number`).click();
  await card.locator(".copy-button").first().waitFor();
  const pinned = `${PUBLIC}${OLD_CHAPTER}${MOVED.anchor}`;
  const citation = await copied(page, card.locator(".copy + .copy-button"));
  assert.equal(citation, (await card.locator(".copy").innerText()).trim());
  assert.ok(citation.replaceAll("\u00a0", " ").endsWith(`Rn. 54, ${pinned}`), citation);
  assert.equal(await copied(page, card.locator("a.take:text-is('Link zu dieser Fassung') + .copy-button")), pinned);
  assert.equal(await copied(page, card.locator("a.take:text-is('Link zur jeweils gültigen Fassung') + .copy-button")), `${PUBLIC}${GUIDELINE}rn/54/`);
}

/** Clicks a button that copies, waits for it to say so, and reads the clipboard. */
async function copied(page, button) {
  assert.equal(await button.innerText(), "Kopieren");
  const handle = await button.elementHandle();
  await button.click();
  await page.waitForFunction((button) => button.textContent === "Kopiert", handle);
  return page.evaluate(() => navigator.clipboard.readText());
}
