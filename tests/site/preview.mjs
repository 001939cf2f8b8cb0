// A copy of a site with `leitwerk serve --watch` beside it, for tests of the preview.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const COPIED = ["content", "themes", "site.toml", "permalinks.lock", "archives"];
const PATIENCE = 20_000;

/** The program under test, named by LEITWERK. */
export function program() {
  const named = process.env.LEITWERK ?? join(ROOT, "target/release/leitwerk");
  if (!existsSync(named)) throw new Error(`no program at ${named}: build it, or name it in LEITWERK`);
  return resolve(named);
}

/** A copy of the example in a folder of its own. */
export function copyExample() {
  const folder = mkdtempSync(join(tmpdir(), "leitwerk-preview-"));
  for (const name of COPIED) if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

/** Serves the site in a folder; `said` is what it has printed, `stop` ends it. */
export async function preview(folder, ...options) {
  const child = spawn(program(), ["-r", folder, "serve", "--watch", ...options], { env: { ...process.env, NO_COLOR: "1" } });
  const served = { said: "", child, stop };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (served.said += text));
  // Whatever becomes of a test, nothing is left running.
  process.once("exit", () => child.kill("SIGKILL"));
  child.unref();
  for (const stream of [child.stdout, child.stderr]) stream.unref();
  const has = (pattern) => pattern.test(served.said);
  await until(() => (has(/^http:\/\/127\.0\.0\.1:\d+\//m) && has(/^\d\d:\d\d:\d\d  /m)) || child.exitCode !== null, `it does not begin: ${served.said}`);
  served.address = served.said.match(/^http:\/\/127\.0\.0\.1:(\d+)\//m)?.[0];
  served.port = Number(served.address?.match(/:(\d+)\//)[1]);
  return served;

  async function stop() {
    if (child.exitCode !== null) return;
    child.ref();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
  }
}

export function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
}

/** Waits until something holds. */
export async function until(holds, what = "it never came about", patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(what);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Asks as no browser would: any path, any header. */
export function ask(port, path, headers = {}, method = "GET") {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}
