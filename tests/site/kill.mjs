// Kills builds at random moments and demands the whole old or the whole new site: node kill.mjs COMMAND ROOT OUT [RUNS]
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { filesBelow } from "./site.mjs";

const LEFT_OUT = new Set([".git", "target", "public", "node_modules", "tests"]);
const TIMED_BUILDS = 3;
const SPREAD = 0.06; // of the time until the swap: how far the kills around it scatter
const STEPS = { first: 0.25, least: 0.02 }; // by how much of it one kill corrects that time
const SENTENCE = "\n\nDieser Satz steht nur in der zweiten Fassung der Startseite.\n";
const DAY = 86_400;
const ENVIRONMENT = { SOURCE_DATE_EPOCH: String(Math.floor(Date.now() / 1000 / DAY) * DAY), ...process.env };

const [command, root, out, runs = "50"] = process.argv.slice(2);
if (!out) {
  console.error("usage: node kill.mjs COMMAND ROOT OUT [RUNS]");
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), "leitwerk-kill-"));
try {
  const faults = await torture(resolve(command), resolve(root), resolve(out), Number(runs));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/**
 * Kills `runs` builds, prints the one line, returns the faults. Every other kill falls anywhere within the usual time of a
 * build; the ones between feel their way to the moment when the new site takes the old one's place, and stay around it.
 */
async function torture(command, root, out, runs) {
  const sources = copySources(root);
  mkdirSync(dirname(out), { recursive: true });
  const trial = { command, out, sources, beside: neighbours(out) };
  trial.sites = { old: builtSite(trial, "old"), new: builtSite(trial, "new") };
  if (trial.sites.old === trial.sites.new) return ["the edit does not change the site"];
  const usual = usualTime(trial);
  let swap = { time: usual, step: STEPS.first, last: undefined };
  const seen = { old: 0, new: 0, broken: 0 };
  const faults = [];
  for (let run = 0; run < runs; run++) {
    faults.push(...finish(trial, "old", `run ${run}`));
    const delay = run % 2 === 0 ? usual * (run + Math.random()) / runs : swap.time * (1 + SPREAD * (Math.random() - 0.5));
    await killBuild(trial, delay);
    const state = stateOf(trial);
    seen[state] += 1;
    if (run % 2 === 1) swap = corrected(swap, state);
    if (state === "broken") faults.push(`run ${run}: killed after ${delay.toFixed(1)} ms, the site is neither the old nor the new one`);
  }
  faults.push(...finish(trial, "new", "at the end"));
  console.log(`${runs} builds killed within ${Math.round(usual)} ms: ${seen.old} × old, ${seen.new} × new, ${seen.broken} × broken`);
  return faults;
}

/** The next guess at the moment of the swap: earlier after a new site, later after an old one, finer after each turn. */
function corrected({ time, step, last }, state) {
  const next = last && last !== state ? Math.max(step / 2, STEPS.least) : step;
  return { time: time * (state === "new" ? 1 - next : 1 + next), step: next, last: state };
}

/** Copies the sources twice; the new ones have another title and start page, so that every page differs. */
function copySources(root) {
  const copies = { old: join(work, "old"), new: join(work, "new") };
  for (const copy of Object.values(copies)) {
    cpSync(root, copy, { recursive: true, filter: (path) => path === root || !LEFT_OUT.has(basename(path)) });
  }
  const config = join(copies.new, "site.toml");
  writeFileSync(config, readFileSync(config, "utf8").replace(/^(title\s*=\s*".*)"/m, '$1 (neu)"'));
  const start = join(copies.new, "content/index.md");
  if (existsSync(start)) appendFileSync(start, SENTENCE);
  return copies;
}

/** What lies in the folder of the site, the site itself left out. */
function neighbours(out) {
  return readdirSync(dirname(out)).filter((name) => name !== basename(out)).sort();
}

function build({ command, out, sources }, version) {
  execFileSync(command, ["build", "-o", out], { cwd: sources[version], stdio: ["ignore", "ignore", "inherit"], env: ENVIRONMENT });
}

function builtSite(trial, version) {
  build(trial, version);
  return fingerprint(trial.out);
}

/** Lets a build complete after a killed one; returns what is wrong with the site or lies beside it. */
function finish(trial, version, when) {
  const differs = builtSite(trial, version) === trial.sites[version] ? [] : [`${when}: the completed build differs from the first one`];
  const litter = neighbours(trial.out).filter((name) => !trial.beside.includes(name));
  return [...differs, ...litter.map((name) => `${when}: left beside the site: ${name}`)];
}

/** The median time of a build that changes the site, in milliseconds. */
function usualTime(trial) {
  const times = Array.from({ length: TIMED_BUILDS }, () => {
    build(trial, "old");
    const begin = performance.now();
    build(trial, "new");
    return performance.now() - begin;
  });
  return times.sort((a, b) => a - b)[Math.floor(TIMED_BUILDS / 2)];
}

/** Starts building the new site and kills the build with all its children after `delay` milliseconds. */
async function killBuild({ command, out, sources }, delay) {
  const child = spawn(command, ["build", "-o", out], { cwd: sources.new, stdio: "ignore", detached: true, env: ENVIRONMENT });
  const ended = new Promise((done, failed) => child.once("close", done).once("error", failed));
  await sleep(delay);
  if (child.exitCode === null) killGroup(child.pid);
  await ended;
}

function killGroup(leader) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it ended by itself just now
  }
}

function stateOf({ out, sites }) {
  const now = existsSync(out) ? fingerprint(out) : "";
  return now === sites.old ? "old" : now === sites.new ? "new" : "broken";
}

/** The hash over the paths and contents of all files. */
function fingerprint(out) {
  const folder = realpathSync(out);
  const hash = createHash("sha256");
  for (const file of filesBelow(folder)) hash.update(`${file}\0`).update(sha256(join(folder, file)));
  return hash.digest("hex");
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest();
}
