// Keeps the voting page for a time without a connection: as somebody sees it who has not voted, so that nobody's
// votes are in it; never "My votes" and never a page of staff.

const CACHE = "boule-1";
/** A copy of a page serves this long before it is fetched anew. */
const FRESH_MS = 3_600_000;
/** A name that changes with the file. */
const HASHED = /^\/static\/[^/]+-[0-9a-f]{10}\.[a-z]+$/;
const PAGE = /^\/c\/[^/]+$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => {
  const { page, lang, files } = event.data ?? {};
  if (PAGE.test(page)) event.waitUntil(keep(page, lang, files));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  // In a frame of another site there is no such copy.
  const isPage = PAGE.test(pathname) && !search.includes("embed=");
  if (request.mode === "navigate" && isPage) event.respondWith(orKept(request, pathname));
  else if (HASHED.test(pathname)) event.respondWith(keptFirst(request));
});

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

/** The page as it is now; the copy when there is no way to it. */
async function orKept(request, pathname) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(pathname);
    if (kept) return kept;
    throw error;
  }
}

/** Files whose names change with their content. */
async function keptFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function keep(page, lang, files) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(page);
  if (Date.now() - Date.parse(before?.headers.get("date") ?? "") < FRESH_MS) return;
  const copy = await fetch(`${page}?lang=${lang}`, { credentials: "omit" });
  if (!copy.ok || copy.redirected) return;
  // Its script has to know: the statement in it may be one that was voted on.
  const text = (await copy.text()).replace("<body", "<body data-copy");
  await cache.put(page, new Response(text, { headers: copy.headers }));
  await Promise.allSettled(files.filter((file) => HASHED.test(file)).map((file) => cache.add(file)));
}
