"use strict";
// What the tests of the Node client share. ESDB_URI names the server.

const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { EventStoreDBClient, NO_STREAM, jsonEvent } = require("@eventstore/db-client");

const PATIENCE = { timeout: 60_000 }; // milliseconds; far more than anything takes
const uri = withOptions(process.env.ESDB_URI, "defaultDeadline=60000"); // milliseconds as well
const client = EventStoreDBClient.connectionString(uri);

/** Those of the connection string, else some that a server without users ignores. */
const [, username = "somebody", password = "ignored"] = uri.match(/\/\/(.*?):(.*)@/) ?? [];
const credentials = { username, password };

function withOptions(uri, options) {
  return `${uri}${uri.includes("?") ? "&" : "?"}${options}`;
}

const name = (prefix = "node") => `${prefix}-${randomUUID()}`;
const event = (number, type = "Counted") => jsonEvent({ type, data: { number }, metadata: { schema: 1 } });
const numbers = (resolved) => resolved.map(({ event }) => event.data.number);

/** Everything of a read, or the first `count` of a subscription, which goes on. */
async function take(events, count = Infinity) {
  const taken = [];
  for await (const event of events.iterator({ destroyOnReturn: false })) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

async function filled(count, stream = name()) {
  const events = Array.from({ length: count }, (_, number) => event(number));
  await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
  return stream;
}

/** The call ends in this error; the error. */
async function refused(call, kind) {
  let found;
  await assert.rejects(call, (error) => {
    found = error;
    assert.ok(error instanceof kind, `${error.constructor.name} instead of ${kind.name}: ${error.message}`);
    return true;
  });
  return found;
}

module.exports = { PATIENCE, client, credentials, event, filled, name, numbers, refused, take, uri, withOptions };
