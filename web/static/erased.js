// What was erased on the server goes out of this browser, too: votes that were not sent yet, and what was kept for
// a time without a connection.

const script = document.querySelector("script[data-slug]");
if (script instanceof HTMLElement) {
  try {
    for (const kept of ["votes", "ahead"]) localStorage.removeItem(`boule-${kept}-${script.dataset.slug}`);
  } catch {}
  if ("caches" in window) caches.delete("boule-1").catch(() => {});
}
