// axe-core on the page as it is now, light and dark, on a desktop and on a phone.
import axe from "axe-core";
import { assertNone } from "./faults.mjs";
import { HEIGHT } from "./stage.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const DEVICES = { desktop: 1280, phone: 390 };

/** Four subtests, all on the page as it is now: light with every rule, dark with those about colours. */
export async function accessible(t, page, name) {
  await page.evaluate(axe.source);
  for (const [device, width] of Object.entries(DEVICES)) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === "light" ? RULES : COLOUR_RULES;
      await t.test(`${name}: axe, ${device}, ${colorScheme}`, () => assertAccessible(page, rules));
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function assertAccessible(page, rules) {
  const options = { runOnly: rules, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(options), options);
  assertNone(violations.flatMap(describeViolation), "accessibility faults");
}

function describeViolation({ id, help, nodes }) {
  return nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}\n    ${failureSummary.replaceAll("\n", "\n    ")}`);
}
