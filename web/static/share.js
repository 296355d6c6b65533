// The button that hands the address on: by what the device offers, or into the clipboard.

import { need, needHtml } from "./page.js";

const button = need("share", HTMLButtonElement);
button.hidden = false;
button.addEventListener("click", async () => {
  const { title = "", url = "", copied = "" } = button.dataset;
  try {
    if (navigator.share) return await navigator.share({ title, url });
    await navigator.clipboard.writeText(url);
    needHtml("share-told").textContent = copied;
  } catch {
    // Whoever closes the device's own choice has changed their mind.
  }
});
