// Starts Chromium and opens pages in it, noting every complaint and every attempt to reach another host.
import { chromium } from "playwright-core";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Starts the browser. */
export function launch() {
  return chromium.launch({ executablePath: PROGRAM, headless: true, args: FLAGS });
}

/**
 * Opens an empty page in a context of its own. `options` are Playwright's context options.
 * `complaints` fills with console messages of every type, exceptions, failed answers and requests to other hosts:
 * the site has nothing to say there, so whatever is said comes from a fault.
 */
export async function openPage(browser, server, options = {}) {
  const context = await browser.newContext({ locale: "de-DE", serviceWorkers: "block", ...options });
  const complaints = [];
  await context.route((url) => url.origin !== server.origin, (route) => {
    complaints.push(`request to another host: ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("response", (answer) => answer.status() >= 400 && complaints.push(`${answer.status()}: ${answer.url()}`));
  return { page, complaints, close: () => context.close() };
}
