// What tests of the search share.

/** Searches, and gives the addresses of what is shown when it is done. */
export async function ask(page, query) {
  await page.locator("#lw-search").fill(query);
  await page.locator("#lw-search").press("Enter");
  await page.waitForFunction(() => {
    const found = document.querySelector(".search-found");
    return !found.hidden && !found.hasAttribute("aria-busy");
  });
  return page.locator(".search-results h2 a").evaluateAll((links) => links.map((link) => link.pathname + link.hash));
}
