// A real mail server that keeps what it takes.

import assert from "node:assert/strict";
import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/**
 * A mail server that keeps what it takes.
 * @param {import("smtp-server").SMTPServerOptions} options
 */
export async function mailServer(options) {
  /** @type {string[]} */
  const mails = [];
  const server = new SMTPServer({
    ...options,
    onData(stream, _session, taken) {
      let text = "";
      stream.on("data", (part) => {
        text += part;
      });
      stream.on("end", () => {
        mails.push(text);
        taken();
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.server.address());
  return { mails, port, close: () => new Promise((done) => server.close(() => done(undefined))) };
}

/** Waits until it is so. @param {() => boolean} is */
export async function until(is) {
  for (let tries = 0; tries < 200 && !is(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  assert.ok(is());
}
