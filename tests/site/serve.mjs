// A tiny static server for a built site on 127.0.0.1, at "/" or below a sub-path, with the strictest content policy.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon", ".woff2": "font/woff2", ".pdf": "application/pdf",
  ".vtt": "text/vtt; charset=utf-8", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".webm": "video/webm",
  ".webmanifest": "application/manifest+json", ".wasm": "application/wasm", ".zip": "application/zip",
};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
  + "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Serves a folder. `base` begins and ends with "/"; addresses outside it are not found.
 * Returns `base`, `origin`, `address(path)` for a path of the site, and `close()`.
 */
export async function serve(folder, base = "/") {
  const server = createServer((request, response) => answer(folder, base, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { base, origin, address: (path) => origin + base + path.replace(/^\//, ""), close: () => close(server) };
}

function answer(folder, base, request, response) {
  const path = pathWithin(base, request.url);
  const file = path === undefined ? undefined : join(folder, path);
  if (file && isFolder(file) && !path.endsWith("/") && path !== "") return redirect(response, `${base}${path}/`);
  const page = file && (isFolder(file) ? join(file, "index.html") : file);
  if (page && existsSync(page) && !path.endsWith(".html/")) return send(response, 200, page);
  return notFound(response, join(folder, "404.html"));
}

/** The decoded path below the base; undefined outside it or when it cannot be a file. */
function pathWithin(base, url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
    return path.startsWith(base) && !path.includes("\0") && !path.split("/").includes("..") ? path.slice(base.length) : undefined;
  } catch {
    return undefined;
  }
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function redirect(response, location) {
  response.writeHead(301, { location: encodeURI(location) }).end();
}

function notFound(response, page) {
  if (existsSync(page)) return send(response, 404, page);
  response.writeHead(404, { "content-type": "text/plain" }).end("not found");
}

function send(response, status, file) {
  const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
  // As `nginx/headers.conf` says: only the search runs WebAssembly.
  const policy = file.endsWith("/suche/index.html") ? POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") : POLICY;
  response.writeHead(status, { "content-type": type, "content-security-policy": policy, "x-content-type-options": "nosniff" });
  createReadStream(file).pipe(response);
}

function close(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
}
