// Kills `release`, `seal` and `archive` at random moments and demands the tree as before or as after: node kill_release.mjs COMMAND ROOT [RUNS]
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { filesBelow } from "./site.mjs";

const COPIED = new Set(["site.toml", "content", "themes", "permalinks.lock"]);
const TIMED = 3;
const MOMENT = 3; // milliseconds after the first file of a change was laid ready: every other kill falls there
const ENVIRONMENT = { ...process.env, SOURCE_DATE_EPOCH: "1790000000" };
/** The commands, each with what is taken away first so that there is something to do. */
const COMMANDS = [
  { name: "release", args: ["release", "9.0", "--valid-from", "2031-01-01", "--yes"], without: [] },
  {
    name: "seal",
    args: ["seal", "1.0", "1.1", "2.0", "--yes"],
    without: ["content/guidelines/1.0/release.lock", "content/guidelines/1.1/release.lock", "content/guidelines/2.0/release.lock", "permalinks.lock"],
  },
  { name: "archive", args: ["archive", "--all"], without: [] },
];

const [command, root, runs = "50"] = process.argv.slice(2);
if (!root) {
  console.error("usage: node kill_release.mjs COMMAND ROOT [RUNS]");
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), "leitwerk-kill-"));
try {
  const lines = [];
  for (const what of COMMANDS) lines.push(await torture(resolve(command), resolve(root), what, Number(runs)));
  console.log(`killed: ${lines.join("; ")}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Kills `runs` runs of a command; says how often the tree was as before and as after. */
async function torture(command, root, what, runs) {
  const site = join(work, what.name);
  const renew = () => {
    rmSync(site, { recursive: true, force: true });
    for (const name of COPIED) if (existsSync(join(root, name))) cpSync(join(root, name), join(site, name), { recursive: true });
    for (const path of what.without) rmSync(join(site, path));
    withoutDownloads(site);
  };
  renew();
  const before = fingerprint(site);
  const times = Array.from({ length: TIMED }, () => {
    renew();
    const begin = performance.now();
    execFileSync(command, [...what.args, "--quiet"], { cwd: site, stdio: ["ignore", "ignore", "inherit"], env: ENVIRONMENT });
    return performance.now() - begin;
  });
  const usual = times.sort((a, b) => a - b)[Math.floor(TIMED / 2)];
  const after = fingerprint(site);
  if (before === after) throw new Error(`${what.name} changes nothing`);
  const seen = { before: 0, after: 0, completed: 0 };
  for (let run = 0; run < runs; run++) {
    renew();
    const when = run % 2 === 0 ? { after: usual * Math.random() } : { laid: MOMENT * Math.random() };
    await kill(command, what.args, site, when);
    const left = existsSync(join(site, ".leitwerk-pending"));
    // Whatever the next command is, it completes what was decided; what is built then is never something in between.
    execFileSync(command, ["build", "--quiet", "-o", join(work, "public")], { cwd: site, stdio: ["ignore", "ignore", "inherit"], env: ENVIRONMENT });
    const state = states(site, what, before, after);
    if (!state) throw new Error(`${what.name}: killed ${JSON.stringify(when)}, the tree is neither as before nor as after`);
    seen[state === "after" && left ? "completed" : state] += 1;
    finish(command, site, what, state);
    if (fingerprint(site) !== after) throw new Error(`${what.name}: killed ${JSON.stringify(when)}, the command run again does not lead to the same tree`);
  }
  return `${runs} × ${what.name}: ${seen.before} as before, ${seen.completed} completed by the next command, ${seen.after} done`;
}

/** The archives are what is made here: the site does not offer them. */
function withoutDownloads(site) {
  const without = (path, line) => {
    if (existsSync(path)) writeFileSync(path, readFileSync(path, "utf8").replaceAll(line, ""));
  };
  without(join(site, "site.toml"), /^publish_archives.*\n/gm);
  without(join(site, "permalinks.lock"), /^.*\.zip\n/gm);
}

/** Runs the command again where it was not done. */
function finish(command, site, what, state) {
  if (state === "after") return;
  execFileSync(command, [...what.args, "--quiet"], { cwd: site, stdio: ["ignore", "ignore", "inherit"], env: ENVIRONMENT });
}

/** The state of a tree. Archives are made one after the other, each whole or not at all: any number of them may be there. */
function states(site, what, before, after) {
  const now = fingerprint(site);
  if (now === after) return "after";
  if (now === before || what.name !== "archive") return now === before ? "before" : undefined;
  const folder = join(site, "archives");
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".zip"))) {
    execFileSync(command, ["verify", join(folder, name)], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return "before";
}

/** Starts a command and kills it `after` some time, or that long after files were `laid` ready. */
async function kill(command, args, cwd, { after, laid }) {
  const child = spawn(command, args, { cwd, stdio: "ignore", detached: true, env: ENVIRONMENT });
  const ended = new Promise((done, failed) => child.once("close", done).once("error", failed));
  if (after !== undefined) await sleep(after);
  else await ready(child, cwd, laid);
  try {
    if (child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it ended by itself just now
  }
  await ended;
}

/** Waits until a command lays files ready, and `more` milliseconds; without rest, for the moment is short. */
async function ready(child, cwd, more) {
  const laid = () => existsSync(join(cwd, ".leitwerk-pending")) || existsSync(join(cwd, "archives"));
  while (child.exitCode === null && !laid()) await new Promise(setImmediate);
  for (const begin = performance.now(); performance.now() - begin < more; );
}

/** The hash over the paths and contents of all files. */
function fingerprint(site) {
  const hash = createHash("sha256");
  for (const file of filesBelow(site)) {
    hash.update(`${file}\0`).update(createHash("sha256").update(readFileSync(join(site, file))).digest());
  }
  return hash.digest("hex");
}
