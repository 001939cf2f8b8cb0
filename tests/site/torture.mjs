// Random file operations beside `serve --watch`: after each burst the served site must be the one that a clean build with
// drafts gives, byte for byte: node torture.mjs SITE [OPERATIONS] [SEED]
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { ask, preview, program, remove, until } from "./preview.mjs";
import { filesBelow } from "./site.mjs";

const PATIENCE = 5_000;
const BURST = 12;
const OWN = /<script src="\/__leitwerk\/preview\.js"[^>]*><\/script>\n/;
const WORDS = ["neu", "muss", "soll", "**fett**", "[[wert:fehlt]]", "[x](fehlt.md)", "+++", "\u00e4\u00f6\u00fc", "[[rn:1]]"];

const [site, operations = "500", seed = String(Date.now() % 100000)] = process.argv.slice(2);
if (!site) {
  console.error("usage: node torture.mjs SITE [OPERATIONS] [SEED]");
  process.exit(2);
}
const random = mulberry32(Number(seed));
const work = mkdtempSync(join(tmpdir(), "leitwerk-torture-"));
const folder = join(work, "site");
/** Every file that any build has had. */
const seen = new Set();
let served;
try {
  copySite(folder);
  served = await preview(folder, "--port", "0");
  const counts = await torture(Number(operations));
  console.log(`tortured: ${operations} operations, seed ${seed}: ${counts.bursts} bursts, ${counts.good} sites alike, ${counts.bad} with errors as in a clean build`);
} catch (error) {
  console.error(`seed ${seed}: ${error.message}\n${served?.said.slice(-2000)}`);
  process.exitCode = 1;
} finally {
  await served?.stop();
  remove(work);
}

async function torture(operations) {
  const counts = { bursts: 0, good: 0, bad: 0 };
  for (let done = 0; done < operations; counts.bursts++) {
    const burst = random() < 0.5 ? 1 : 1 + Math.floor(random() * BURST);
    for (let at = 0; at < burst && done < operations; at++, done++) operate();
    // Now and then everything is taken back, so that errors do not pile up.
    if (random() < 0.4) takeBack();
    counts[(await compare()) ? "good" : "bad"]++;
  }
  return counts;
}

/** Waits until what is served is what a clean build gives; whether that has no errors. */
async function compare() {
  const built = cleanBuild();
  let faults = ["nothing was compared"];
  await until(async () => (faults = await differences(built)).length === 0, "", PATIENCE).catch(() => {
    throw new Error(`after ${PATIENCE} ms the served site differs: ${faults.slice(0, 8).join("; ")}`);
  });
  return Boolean(built);
}

/** The files of a clean build, or nothing where the site has errors. */
function cleanBuild() {
  const output = join(work, "clean/public");
  try {
    execFileSync(program(), ["-r", folder, "build", "--drafts", "--no-search-index", "-q", "-o", output], { stdio: "pipe" });
  } catch {
    return undefined;
  }
  return new Map(filesBelow(output).filter((path) => basename(path) !== ".leitwerk-manifest").map((path) => [path, readFileSync(join(output, path))]));
}

async function differences(built) {
  const { errors } = JSON.parse((await ask(served.port, "/__leitwerk/problems")).body);
  if (!built) return errors > 0 ? [] : ["the clean build has errors, the preview none"];
  if (errors > 0) return [`the preview has ${errors} errors, the clean build none`];
  const faults = [];
  for (const [path, bytes] of built) {
    const { status, body } = await ask(served.port, `/${encodeURI(path)}`);
    const text = path.endsWith(".html") ? Buffer.from(body.toString("utf8").replace(OWN, "")) : body;
    if (status !== 200 || !text.equals(bytes)) faults.push(`${path} (${status})`);
    if (faults.length > 8) break;
    seen.add(path);
  }
  for (const path of [...seen].filter((path) => !built.has(path))) {
    if ((await ask(served.port, `/${encodeURI(path)}`)).status !== 404) faults.push(`${path} is still served`);
  }
  return faults;
}

/** One thing that somebody does with files. */
function operate() {
  const files = sources();
  if (files.length === 0) return takeBack();
  const file = pick(files);
  const folderOf = dirname(file);
  const choice = random();
  if (choice < 0.35) writeFileSync(file, edited(file));
  else if (choice < 0.5) saveByRename(file, edited(file));
  else if (choice < 0.6) rmSync(file);
  else if (choice < 0.7) renameSync(file, join(folderOf, `neu-${Math.floor(random() * 100)}-${basename(file)}`));
  else if (choice < 0.8) cpSync(file, join(folderOf, `kopie-${Math.floor(random() * 100)}-${basename(file)}`));
  else if (choice < 0.88) writeDeep();
  else if (choice < 0.94) moveFolder(folderOf);
  else takeBackOne(file);
}

function edited(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  const at = Math.floor(random() * lines.length);
  if (random() < 0.2) lines.splice(at, 1);
  else if (random() < 0.5) lines.push("", `Ein Absatz ${Math.floor(random() * 1000)}.`);
  else lines[at] += ` ${pick(WORDS)}`;
  return lines.join("\n");
}

function saveByRename(file, text) {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}

/** A file in folders that were not there a moment ago. */
function writeDeep() {
  const deep = join(folder, "content/pages", `tief-${Math.floor(random() * 10)}`);
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, "bild.svg"), `<svg xmlns="http://www.w3.org/2000/svg"><title>${random()}</title></svg>`);
}

function moveFolder(from) {
  const aside = join(work, `aside-${Math.floor(random() * 1e9)}`);
  renameSync(from, aside);
  if (random() < 0.8) cpSync(aside, from, { recursive: true });
}

function takeBack() {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  copySite(folder);
}

function takeBackOne(file) {
  const original = join(site, relative(folder, file));
  if (existsSync(original) && statSync(original).isFile()) cpSync(original, file);
}

function copySite(to) {
  mkdirSync(to, { recursive: true });
  for (const name of ["content", "themes", "permalinks.lock"]) if (existsSync(join(site, name))) cpSync(join(site, name), join(to, name), { recursive: true });
  writeFileSync(join(to, "site.toml"), readFileSync(join(site, "site.toml"), "utf8").replace(/^theme = .*\n/m, ""));
}

function sources() {
  const content = join(folder, "content");
  return existsSync(content) ? filesBelow(content).map((path) => join(content, path)).filter((path) => /\.(md|toml)$/.test(path)) : [];
}

function pick(list) {
  return list[Math.floor(random() * list.length)];
}

/** Numbers from a seed (Mulberry32, public domain). */
function mulberry32(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
