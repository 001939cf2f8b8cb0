// How long the search of a built site takes in a browser: `node tests/site/search_times.mjs SITE [ROUNDS]`. A measurement, no test.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

const [folder, rounds = 10] = process.argv.slice(2);
const words = JSON.parse(readFileSync(join(import.meta.dirname, "queries.json"), "utf8")).map(({ query }) => query).slice(0, 40);

/** Milliseconds from Enter to the moment at which all is shown. */
function time(page, query) {
  return page.evaluate(async (query) => {
    const [input, found] = [document.querySelector("#lw-search"), document.querySelector(".search-found")];
    const done = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (found.hasAttribute("aria-busy")) return;
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(found, { attributes: true, attributeFilter: ["aria-busy"] });
    });
    input.value = query;
    const begin = performance.now();
    input.form.requestSubmit();
    return (await done) - begin;
  }, query);
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)].toFixed(0);

const [server, browser] = await Promise.all([serve(folder), launch()]);
const [first, next, weights] = [[], [], []];
for (let round = 0; round < Number(rounds); round++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let bytes = 0;
  page.on("response", async (answer) => (bytes += (await answer.body().catch(() => "")).length));
  await page.goto(server.address("/suche/"));
  // What the page itself loads does not count.
  await page.waitForLoadState("networkidle");
  bytes = 0;
  first.push(await time(page, words[round % words.length]));
  weights.push(bytes);
  for (const word of words) next.push(await time(page, word));
  await context.close();
}
console.log(`first query: median ${median(first)} ms, ${median(weights)} bytes; next: median ${median(next)} ms, nine of ten within ${next.toSorted((a, b) => a - b)[Math.floor(next.length * 0.9)].toFixed(0)} ms`);
await Promise.all([browser.close(), server.close()]);
