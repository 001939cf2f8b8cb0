// `leitwerk serve --watch` as a contributor meets it: the page follows the file, mistakes lie over the last good page, and
// nothing is answered that should not be.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { accessible } from "./axe.mjs";
import { launch } from "./browser.mjs";
import { ask, copyExample, preview, program, remove, until } from "./preview.mjs";

const CHAPTER = "content/guidelines/draft/04-datenqualitaet.md";
const PAGE = "leitlinien/entwurf/datenqualitaet/";
const PATIENCE = 10_000;
const BAR = "leitwerk-preview .bar";
const PROBLEMS = "leitwerk-preview .problems";

let folder, served, browser;

before(async () => {
  folder = copyExample();
  [served, browser] = await Promise.all([preview(folder, "--port", "0"), launch()]);
});
after(async () => {
  await browser?.close();
  await served?.stop();
  remove(folder);
});

/** Runs something with the page open; what was changed in the chapter is taken back. */
async function withPage(action, expected = /^$/) {
  const file = join(folder, CHAPTER);
  const before = readFileSync(file, "utf8");
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  try {
    await page.goto(served.address + PAGE);
    await page.locator(BAR).waitFor();
    await action(page, file, before);
    assert.deepEqual(complaints.filter((text) => !expected.test(text)), []);
  } finally {
    await page.close();
    writeFileSync(file, before);
    await settled();
  }
}

/** Waits until nothing is built any more. */
async function settled() {
  let said;
  do {
    said = served.said;
    await new Promise((resolve) => setTimeout(resolve, 400));
  } while (said !== served.said);
}

const shows = (page, text) => page.getByText(text).first().waitFor({ state: "attached" });

test("a page changes by itself when its file does, and keeps its place", () =>
  withPage(async (page, file, before) => {
    await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    writeFileSync(file, `${before}\nEin Satz, der eben geschrieben wurde.\n`);
    await shows(page, "eben geschrieben");
    await page.waitForFunction(() => Math.abs(scrollY - 700) < 3);
  }));

test("a page stays as it is when another one's file changes", () =>
  withPage(async (page) => {
    await page.evaluate(() => (window.mark = true));
    const term = join(folder, "content/glossary/bias.md");
    const before = readFileSync(term, "utf8");
    appendFileSync(term, "\nNoch ein Satz.\n");
    await until(() => served.said.includes("bias.md: "));
    await settled();
    assert.equal(await page.evaluate(() => window.mark), true, "the page was loaded again");
    writeFileSync(term, before);
  }));

for (const [name, save] of [
  ["written in place", (file, text) => writeFileSync(file, text)],
  ["replaced by another, as vim does", (file, text) => {
    writeFileSync(`${file}~`, text);
    renameSync(file, `${file}.bak`);
    renameSync(`${file}~`, file);
    rmSync(`${file}.bak`);
  }],
  ["renamed over, as VS Code and LibreOffice do", (file, text) => {
    writeFileSync(join(folder, "content/guidelines/draft/.~lock.tmp"), text);
    renameSync(join(folder, "content/guidelines/draft/.~lock.tmp"), file);
  }],
  ["removed and written again", (file, text) => {
    rmSync(file);
    writeFileSync(file, text);
  }],
]) {
  test(`a file that is ${name} is shown`, () =>
    withPage(async (page, file, before) => {
      save(file, `${before}\nGespeichert: ${name}.\n`);
      await shows(page, `Gespeichert: ${name}.`);
    }));
}

test("a broken reference lies over the last good page with its place, and goes when it is mended", () =>
  withPage(async (page, file, before) => {
    const line = before.split("\n").length + 1;
    writeFileSync(file, `${before}\nSiehe [[wert:gibt-es-nicht]] <script>alert(1)</script>.\n`);
    await page.locator(PROBLEMS).waitFor();
    const link = page.locator(`${PROBLEMS} a`, { hasText: `${CHAPTER}:${line}` }).first();
    assert.match(await link.getAttribute("href"), new RegExp(`^vscode://file/.*/${CHAPTER}:${line}$`));
    assert.match(await page.locator(PROBLEMS).innerText(), /LW0502[^]*gibt-es-nicht[^]*<script>alert\(1\)<\/script>/);
    assert.equal(await page.locator("h1").innerText(), "Datenqualität und Bias");
    assert.match(served.said, /error\[LW0502\][^]*the last good site stays in \d+ ms, \d+ errors?/);
    writeFileSync(file, before);
    await page.locator(PROBLEMS).waitFor({ state: "detached" });
  }));

test("the switch marks on the page what the draft changes, and stays through a reload", () =>
  withPage(async (page, file, before) => {
    writeFileSync(file, before.replace("nicht um Modelle", "nicht stets um Modelle"));
    const mark = page.locator("[data-leitwerk-redline] ins", { hasText: "stets" });
    await page.locator(`${BAR} .redline`).click();
    await mark.waitFor();
    assert.ok(!(await page.locator("main > article").isVisible()), "the text stands there twice");
    await page.reload();
    await mark.waitFor();
    await page.locator(`${BAR} .redline`).click();
    await page.locator("main > article").waitFor();
    assert.equal(await mark.count(), 0);
  }));

test("the bar lists the chapter's changes, those without a reason too, and each line of the source", () =>
  withPage(async (page, file, before) => {
    writeFileSync(file, `${before}\nEine Behörde muss das prüfen.\n`);
    await shows(page, "muss das prüfen");
    await page.locator(`${BAR} .changes summary`).click();
    const change = page.locator(`${BAR} .changes li`, { hasText: "ohne Begründung" }).first();
    assert.match(await change.innerText(), /^Rn\.\s\d+[a-z]*\s+neu eingefügt\s+ohne Begründung$/);
    await page.locator(`${BAR} .lines`).click();
    const line = page.locator("leitwerk-line a").last();
    const expected = before.split("\n").length + 1;
    assert.equal(await line.textContent(), `04-datenqualitaet.md:${expected}`);
  }));

test("a style is exchanged without loading the page again", () =>
  withPage(async (page) => {
    const theme = join(folder, "themes/probe");
    const settings = join(folder, "site.toml");
    const before = readFileSync(settings, "utf8");
    mkdirSync(join(theme, "static"), { recursive: true });
    const style = readFileSync(join(import.meta.dirname, "../../themes/leitwerk/static/style.css"), "utf8");
    writeFileSync(join(theme, "static/style.css"), style);
    writeFileSync(settings, `theme = "probe"\n${before}`);
    await settled();
    await page.reload();
    await page.locator(BAR).waitFor();
    await page.evaluate(() => (window.mark = true));
    writeFileSync(join(theme, "static/style.css"), `${style}\nh1 { letter-spacing: 7px; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
    assert.equal(await page.evaluate(() => window.mark), true, "the page was loaded again");
    writeFileSync(settings, before);
    rmSync(theme, { recursive: true });
  }));

test("several pages follow at once, and a page that does not exist yet comes when it does", () =>
  withPage(async (page, file, before) => {
    const coming = await browser.newPage();
    const term = join(folder, "content/glossary/neues-wort.md");
    const answer = await coming.goto(`${served.address}glossar/neues-wort/`);
    assert.equal(answer.status(), 404);
    const second = await browser.newPage();
    await second.goto(served.address + PAGE);
    writeFileSync(term, '+++\ntitle = "Neues Wort"\n+++\n\nEs bedeutet etwas.\n');
    writeFileSync(file, `${before}\nFür beide.\n`);
    await Promise.all([shows(page, "Für beide"), shows(second, "Für beide"), shows(coming, "Es bedeutet etwas")]);
    rmSync(term);
    await coming.waitForFunction(() => !document.body.innerText.includes("Es bedeutet etwas"));
    await Promise.all([coming.close(), second.close()]);
  }));

test("what a build showed before it found a mistake is taken back", () =>
  withPage(async (page, file, before) => {
    // Whether there is such a page is known only when all are made; by then this one was shown.
    writeFileSync(file, `${before}\nNicht gut: [dort](/gibt-es-nicht/).\n`);
    await page.locator(PROBLEMS).waitFor();
    await page.waitForFunction(() => !document.body.innerText.includes("Nicht gut"));
    assert.ok(!(await ask(served.port, `/${PAGE}`)).body.includes("Nicht gut"));
    writeFileSync(file, before);
    await page.locator(PROBLEMS).waitFor({ state: "detached" });
  }));

test("a file in whose place a link out of the site stands is not read", () =>
  withPage(async (page, file, before) => {
    const outside = join(folder, "..", `${basename(folder)}-draussen.md`);
    writeFileSync(outside, `${before}\nVon draussen.\n`);
    rmSync(file);
    symlinkSync(outside, file);
    await page.locator(PROBLEMS, { hasText: "leads out of" }).waitFor();
    assert.ok(!(await ask(served.port, `/${PAGE}`)).body.includes("Von draussen"));
    rmSync(file);
    writeFileSync(file, before);
    await page.locator(PROBLEMS).waitFor({ state: "detached" });
    rmSync(outside);
  }));

test("a folder that goes and comes back is followed", () =>
  withPage(async (page, file, before) => {
    renameSync(join(folder, "content"), join(folder, "beiseite"));
    await page.locator(PROBLEMS).waitFor();
    renameSync(join(folder, "beiseite"), join(folder, "content"));
    await page.locator(PROBLEMS).waitFor({ state: "detached" });
    writeFileSync(file, `${before}\nWieder da.\n`);
    await shows(page, "Wieder da");
  }));

test("the bar and the errors are accessible", async (t) => {
  await withPage(async (page, file, before) => {
    await accessible(t, page, "bar");
    writeFileSync(file, `${before}\n[[wert:nichts]]\n`);
    await page.locator(PROBLEMS).waitFor();
    await accessible(t, page, "errors");
    // The checker tries styles of its own.
  }, /inline style/);
});

test("after a restart the page connects again and shows what was written meanwhile", () =>
  withPage(async (page, file, before) => {
    const port = String(served.port);
    await served.stop();
    writeFileSync(file, `${before}\nWährenddessen geschrieben.\n`);
    served = await preview(folder, "--port", port);
    await shows(page, "Währenddessen geschrieben");
  }, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/));

test("a site with errors from the beginning is served when they are mended", async () => {
  const other = copyExample();
  const settings = join(other, "site.toml");
  const good = readFileSync(settings, "utf8");
  writeFileSync(settings, `${good}\nunbekannt = 1\n[kaputt`);
  const broken = await preview(other, "--port", "0");
  const page = await browser.newPage();
  await page.goto(broken.address);
  await page.locator(PROBLEMS).waitFor();
  writeFileSync(settings, good);
  await page.locator("h1").waitFor();
  await page.close();
  await broken.stop();
  remove(other);
});

test("where the system tells of no changes, files are looked at", async () => {
  const other = copyExample();
  const polled = await preview(other, "--poll", "--port", "0");
  appendFileSync(join(other, CHAPTER), "\nOhne Ereignis gesehen.\n");
  const seen = async () => (await ask(polled.port, `/${PAGE}`)).body.includes("Ohne Ereignis gesehen");
  await until(seen, "it was not seen within two seconds", 2000);
  await polled.stop();
  remove(other);
});

test("a checkout of another branch is one rebuild", async () => {
  const other = copyExample();
  const git = (...words) => execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...words], { cwd: other });
  git("init", "-q", "-b", "eins");
  git("add", "-A");
  git("commit", "-qm", "eins");
  git("checkout", "-qb", "zwei");
  for (let at = 0; at < 300; at++) writeFileSync(join(other, `content/glossary/wort-${at}.md`), `+++\ntitle = "Wort ${at}"\n+++\n\nText.\n`);
  git("add", "-A");
  git("commit", "-qm", "zwei");
  const followed = await preview(other, "--port", "0");
  const built = () => followed.said.match(/ files? in \d+ ms/g).length;
  const first = built();
  git("checkout", "-q", "eins");
  await until(() => built() > first);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(built() - first, 1, followed.said);
  assert.equal((await ask(followed.port, "/glossar/wort-1/")).status, 404);
  await followed.stop();
  remove(other);
});

test("a lock that Git left behind delays nothing", async () => {
  const other = copyExample();
  execFileSync("git", ["init", "-q"], { cwd: other });
  writeFileSync(join(other, ".git/index.lock"), "");
  utimesSync(join(other, ".git/index.lock"), 1_000_000, 1_000_000);
  const followed = await preview(other, "--port", "0");
  appendFileSync(join(other, CHAPTER), "\nTrotz der Sperre.\n");
  const seen = async () => (await ask(followed.port, `/${PAGE}`)).body.includes("Trotz der Sperre");
  await until(seen, "it was not seen at once", 1500);
  await followed.stop();
  remove(other);
});

test("a site that will be in a folder of its host is answered there too", async () => {
  const other = copyExample();
  const settings = join(other, "site.toml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace(/^base_url = .*$/m, 'base_url = "https://example.org/unter/ordner"'));
  const followed = await preview(other, "--port", "0");
  const missing = (await ask(followed.port, "/gibt-es-nicht/")).body.toString();
  const links = [...missing.matchAll(/(?:href|src)="(\/unter\/ordner\/[^"#]*)"/g)].map(([, link]) => link);
  assert.ok(links.length > 3, missing);
  for (const link of links) assert.equal((await ask(followed.port, link)).status, 200, link);
  assert.equal((await ask(followed.port, "/unter/ordnerx/")).status, 404);
  await followed.stop();
  remove(other);
});

test("with --host others may ask by the machine's name", async () => {
  const open = await preview(folder, "--port", "0", "--host", "0.0.0.0");
  const name = hostname().split(".")[0];
  assert.ok(open.said.includes(`http://${name}:${open.port}/  for others in the network`), open.said);
  for (const host of [name, `${name}.example:80`, "192.0.2.7", "localhost"]) {
    assert.equal((await ask(open.port, "/", { host })).status, 200, host);
  }
  assert.equal((await ask(open.port, "/", { host: "evil.example" })).status, 403);
  await open.stop();
});

test("the search finds what is written, once nothing changes; a page that waits for it shows it by itself", async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const talk = join(folder, "content/talks/2022-02-ki-lab-3/werte-in-der-praxis.md");
  const before = readFileSync(talk, "utf8");
  // A preview of its own: here nobody can have searched before the search was ready.
  const early = await preview(folder);
  try {
    await page.goto(`${early.address}suche/?q=Datenqualit%C3%A4t`);
    await page.locator(".search-results li").first().waitFor();
    const ready = () => early.said.split("the search is ready").length;
    await until(() => ready() > 1);
    const said = ready();
    await page.goto(`${early.address}suche/?q=Quittengelee`);
    await page.getByText("ist nichts zu finden").waitFor();
    writeFileSync(talk, `${before}\nEin Satz über Quittengelee.\n`);
    await page.locator(".search-results mark", { hasText: "Quittengelee" }).waitFor();
    await until(() => ready() > said);
  } finally {
    writeFileSync(talk, before);
    await early.stop();
    await page.close();
  }
});

test("only names of this machine are answered, and only what is read", async () => {
  for (const host of ["evil.example", "evil.example:80", "localhost.evil.example"]) {
    assert.equal((await ask(served.port, "/", { host })).status, 403, host);
  }
  for (const host of [`localhost:${served.port}`, "127.0.0.1", `[::1]:${served.port}`, "LOCALHOST"]) {
    assert.equal((await ask(served.port, "/", { host })).status, 200, host);
  }
  const posted = await ask(served.port, "/", {}, "POST");
  assert.deepEqual([posted.status, posted.headers.allow], [405, "GET, HEAD"]);
});

test("no path leads out of the site", async () => {
  for (const path of ["/../site.toml", "/..%2fsite.toml", "/%2e%2e/site.toml", "/content/../../etc/passwd", "//etc/passwd", "/%00", "/assets/..%5c..%5csite.toml", "/__leitwerk/../site.toml"]) {
    const { status, body } = await ask(served.port, path);
    assert.ok(status === 404 || status === 400, `${path} answers ${status}`);
    assert.ok(!body.includes("base_url"), path);
  }
});

test("answers have their media types, tags and ranges", async () => {
  const media = { "/": "text/html; charset=utf-8", "/assets/style.css": "text/css; charset=utf-8", "/assets/favicon.svg": "image/svg+xml", "/sitemap.xml": "text/xml; charset=utf-8", "/leitlinien/2.0/betrieb/index.md": "text/markdown; charset=utf-8", "/leitlinien/2.0/betrieb/index.json": "application/json; charset=utf-8" };
  for (const [path, type] of Object.entries(media)) {
    const { status, headers } = await ask(served.port, path);
    assert.deepEqual([path, status, headers["content-type"]], [path, 200, type]);
    assert.equal((await ask(served.port, path, { "if-none-match": headers.etag })).status, 304, path);
  }
  const whole = (await ask(served.port, "/assets/leitwerk.js")).body;
  for (const [range, from, to] of [["bytes=0-9", 0, 10], ["bytes=10-", 10, whole.length], ["bytes=-5", whole.length - 5, whole.length]]) {
    const { status, headers, body } = await ask(served.port, "/assets/leitwerk.js", { range });
    assert.deepEqual([status, headers["content-range"], body], [206, `bytes ${from}-${to - 1}/${whole.length}`, whole.subarray(from, to)]);
  }
  assert.equal((await ask(served.port, "/assets/leitwerk.js", { range: "bytes=999999-" })).status, 416);
  const folded = await ask(served.port, "/werte?x=1");
  assert.deepEqual([folded.status, folded.headers.location], [307, "/werte/?x=1"]);
  assert.equal((await ask(served.port, "/", {}, "HEAD")).body.length, 0);
});

test("a port that is taken is told where it was asked for, and passed over where none was", async () => {
  const taken = await preview(folder, "--port", String(served.port));
  assert.equal(taken.child.exitCode, 3, taken.said);
  assert.match(taken.said, /LW0908/);
  const [one, two] = await Promise.all([preview(folder), preview(folder)]);
  assert.notEqual(one.port, two.port);
  const begin = Date.now();
  await Promise.all([one.stop(), two.stop()]);
  assert.ok(Date.now() - begin < 1000, "it does not end at once");
});

test("nothing is written to the site's folder", () => {
  const listed = execFileSync("find", [folder, "-newer", program(), "-name", "public*"], { encoding: "utf8" });
  assert.equal(listed, "");
});
