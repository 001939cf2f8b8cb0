// Turns a list of faults into one readable assertion.
import assert from "node:assert/strict";

const SHOWN = 200;

/** Fails with all faults, one a line, if there are any. */
export function assertNone(faults, what) {
  const more = faults.length > SHOWN ? `\n… and ${faults.length - SHOWN} more` : "";
  assert.ok(faults.length === 0, `${faults.length} ${what}:\n${faults.slice(0, SHOWN).join("\n")}${more}`);
}
