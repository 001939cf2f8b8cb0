// Takes screenshots of pages as desktop, phone, dark and print: node screenshots.mjs OUTDIR [path…]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, openPage } from "./browser.mjs";
import { PAGES } from "./pages.mjs";
import { serve } from "./serve.mjs";
import { baseUrl, siteFolder } from "./site.mjs";

const A4_WIDTH = 794; // 210 mm at 96 dots an inch
const TALLEST = 12_000; // Chromium cannot take pictures of pages beyond about 16,000 px
const VIEWS = {
  desktop: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  print: { viewport: { width: A4_WIDTH, height: 1123 }, colorScheme: "light" },
};

const [out, ...chosen] = process.argv.slice(2);
if (!out) {
  console.error("usage: [SITE=folder] node screenshots.mjs OUTDIR [path…]");
  process.exit(2);
}
await takeAll(out, chosen.length > 0 ? chosen : PAGES.map(({ path }) => path));

async function takeAll(out, paths) {
  const folder = siteFolder();
  const server = await serve(folder, baseUrl(folder)?.pathname);
  const browser = await launch();
  mkdirSync(out, { recursive: true });
  for (const [view, options] of Object.entries(VIEWS)) await takeView(browser, server, view, options, paths);
  await browser.close();
  await server.close();
}

async function takeView(browser, server, view, options, paths) {
  const { page, complaints, close } = await openPage(browser, server, options);
  if (view === "print") await page.emulateMedia({ media: "print" });
  for (const path of paths) {
    await page.goto(server.address(path));
    await takePage(page, join(out, `${fileName(path)}.${view}.png`));
  }
  for (const complaint of complaints) console.error(`${view}: ${complaint}`);
  await close();
}

/** Takes the whole page, or its upper part if it is too tall, and says so. */
async function takePage(page, file) {
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
  const clip = height > TALLEST ? { x: 0, y: 0, width, height: TALLEST } : undefined;
  if (clip) console.error(`${file}: only the upper ${TALLEST} px of ${height} px`);
  await page.screenshot({ path: file, fullPage: true, clip });
}

/** `/leitlinien/2.0/` becomes `leitlinien_2.0`, `/` becomes `start`. */
function fileName(path) {
  return path.replace(/^\/|\/$/g, "").replaceAll("/", "_").replaceAll("#", "_") || "start";
}
