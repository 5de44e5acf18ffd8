"use strict";
// What the Node client meets at the embedded server's streams; run by node --test.

const assert = require("node:assert/strict");
const { after, test } = require("node:test");
const { randomUUID } = require("node:crypto");
const {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  MaxAppendSizeExceededError,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
} = require("@eventstore/db-client");
const support = require("./support.js");
const { PATIENCE, client, credentials, event, filled, name, numbers, refused, take, uri, withOptions } = support;

after(() => client.dispose());

test("each expected revision", PATIENCE, async () => {
  const stream = name();
  const append = (number, expectedRevision) =>
    client.appendToStream(stream, event(number), { expectedRevision });

  await refused(append(9, STREAM_EXISTS), WrongExpectedVersionError);
  const first = await append(0, NO_STREAM);
  assert.equal(first.success, true);
  assert.equal(first.nextExpectedRevision, 0n);
  assert.ok(first.position.commit > 0n);
  assert.equal((await append(1, 0n)).nextExpectedRevision, 1n);
  assert.equal((await append(2, STREAM_EXISTS)).nextExpectedRevision, 2n);
  assert.equal((await append(3, ANY)).nextExpectedRevision, 3n);

  const wrong = await refused(append(9, 1n), WrongExpectedVersionError);
  assert.deepEqual(
    [wrong.streamName, wrong.expectedVersion, wrong.actualVersion],
    [stream, 1n, 3n],
  );
  const there = await refused(append(9, NO_STREAM), WrongExpectedVersionError);
  assert.deepEqual([there.expectedVersion, there.actualVersion], ["no_stream", 3n]);
  assert.deepEqual(numbers(await take(client.readStream(stream))), [0, 1, 2, 3]);
});

test("the single append, which calls with credentials of their own use", PATIENCE, async () => {
  const stream = name();
  const append = (number, expectedRevision) =>
    client.appendToStream(stream, event(number), { expectedRevision, credentials });

  assert.equal((await append(0, NO_STREAM)).nextExpectedRevision, 0n);
  const wrong = await refused(append(1, 5n), WrongExpectedVersionError);
  assert.deepEqual([wrong.expectedVersion, wrong.actualVersion], [5n, 0n]);
  const huge = jsonEvent({ type: "Huge", data: { text: "x".repeat(1024 * 1024) } });
  const tooLarge = await refused(
    client.appendToStream(stream, huge, { credentials }),
    MaxAppendSizeExceededError,
  );
  assert.equal(tooLarge.maxAppendSize, 1024 * 1024);
});

test("a refused append as an answer, not as an error", PATIENCE, async () => {
  const quiet = EventStoreDBClient.connectionString(withOptions(uri, "throwOnAppendFailure=false"));
  try {
    const stream = await filled(3);
    const answer = await quiet.appendToStream(stream, event(3), { expectedRevision: 7n });
    assert.equal(answer.success, false);
  } finally {
    await quiet.dispose();
  }
});

test("many appends at once over one call", PATIENCE, async () => {
  const streams = Array.from({ length: 10 }, () => name());
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, number) =>
      client.appendToStream(streams[number % 10], event(number), { expectedRevision: ANY }),
    ),
  );
  assert.equal(new Set(answers.map(({ position }) => position.commit)).size, 200);
  for (const [at, stream] of streams.entries()) {
    const expected = Array.from({ length: 20 }, (_, round) => round * 10 + at);
    assert.deepEqual(numbers(await take(client.readStream(stream))), expected);
  }
});

test("an append in several parts is one append", PATIENCE, async () => {
  const stream = name();
  const events = Array.from({ length: 40 }, (_, number) => event(number));
  const answer = await client.appendToStream(stream, events, {
    expectedRevision: NO_STREAM,
    batchAppendSize: 512,
  });
  assert.equal(answer.nextExpectedRevision, 39n);
  assert.equal((await take(client.readStream(stream))).length, 40);
});

test("an append that is too large", PATIENCE, async () => {
  const huge = jsonEvent({ type: "Huge", data: { text: "x".repeat(1024 * 1024) } });
  const error = await refused(client.appendToStream(name(), huge), MaxAppendSizeExceededError);
  assert.equal(error.maxAppendSize, 1024 * 1024);
});

test("a stream both ways", PATIENCE, async () => {
  const stream = await filled(5);
  const read = async (options) => numbers(await take(client.readStream(stream, options)));

  assert.deepEqual(await read({ direction: FORWARDS, fromRevision: START }), [0, 1, 2, 3, 4]);
  assert.deepEqual(await read({ direction: BACKWARDS, fromRevision: END }), [4, 3, 2, 1, 0]);
  assert.deepEqual(await read({ fromRevision: 2n, maxCount: 2 }), [2, 3]);
  assert.deepEqual(await read({ direction: BACKWARDS, fromRevision: 2n, maxCount: 2 }), [2, 1]);

  const [first] = await take(client.readStream(stream, { maxCount: 1 }));
  assert.equal(first.event.isJson, true);
  assert.equal(first.event.revision, 0n);
  assert.equal(first.event.streamId, stream);
  assert.equal(first.event.type, "Counted");
  assert.deepEqual(first.event.metadata, { schema: 1 });
  assert.ok(Math.abs(Date.now() - first.event.created.getTime()) < 3_600_000);
  assert.ok(first.event.position.commit > 0n);
});

test("a stream that is not there", PATIENCE, async () => {
  const stream = name();
  const error = await refused(take(client.readStream(stream)), StreamNotFoundError);
  assert.equal(error.streamName, stream);
});

test("$all both ways", PATIENCE, async () => {
  const stream = await filled(3);
  const [last] = await take(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
  const [first] = await take(client.readStream(stream, { maxCount: 1 }));
  const from = { commit: first.commitPosition, prepare: first.commitPosition };

  const forwards = await take(client.readAll({ fromPosition: from, maxCount: 3 }));
  assert.equal(forwards[0].event.id, first.event.id);
  assert.ok(last.commitPosition >= forwards.at(-1).commitPosition);
  const before = await take(client.readAll({ direction: BACKWARDS, fromPosition: from, maxCount: 1 }));
  assert.ok(before[0].commitPosition < first.commitPosition);
});

test("a subscription to a stream: history, then news", PATIENCE, async () => {
  const stream = await filled(2);
  const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
  const caughtUp = new Promise((resolve) => subscription.once("caughtUp", resolve));
  assert.deepEqual(numbers(await take(subscription, 1)), [1]);
  await caughtUp;
  await client.appendToStream(stream, event(2));
  assert.deepEqual(numbers(await take(subscription, 1)), [2]);
  await subscription.unsubscribe();
});

test("a subscription to a stream that is not there yet", PATIENCE, async () => {
  const stream = name();
  const subscription = client.subscribeToStream(stream);
  await new Promise((resolve) => subscription.once("confirmation", resolve));
  await client.appendToStream(stream, event(0));
  assert.deepEqual(numbers(await take(subscription, 1)), [0]);
  await subscription.unsubscribe();
});

for (const [label, filterOf] of [
  ["types by prefix", (mark) => eventTypeFilter({ prefixes: [`Wanted${mark}`], checkpointInterval: 1 })],
  ["types by pattern", (mark) => eventTypeFilter({ regex: `^Wanted${mark}$`, checkpointInterval: 1 })],
  ["streams by prefix", (mark) => streamNameFilter({ prefixes: ["no-such-", mark], checkpointInterval: 1 })],
  ["streams by pattern", (mark) => streamNameFilter({ regex: `^${mark}-`, checkpointInterval: 1 })],
]) {
  test(`a subscription to $all, filtered: ${label}`, PATIENCE, async () => {
    const mark = `m${randomUUID().slice(0, 8)}`;
    const wanted = [0, 1].map((number) => event(number, `Wanted${mark}`));
    await client.appendToStream(`${mark}-1`, wanted);
    await filled(70);
    let reached;
    const checkpoint = new Promise((resolve) => (reached = resolve));
    const filter = { ...filterOf(mark), checkpointReached: async (_, position) => reached(position) };

    const subscription = client.subscribeToAll({ filter });
    assert.deepEqual(numbers(await take(subscription, 2)), [0, 1]);
    assert.ok((await checkpoint).commit > 0n);
    await client.appendToStream(`${mark}-2`, event(2, `Wanted${mark}`));
    assert.deepEqual(numbers(await take(subscription, 1)), [2]);
    await subscription.unsubscribe();
  });
}

test("metadata, and $maxCount", PATIENCE, async () => {
  const stream = await filled(5);
  assert.equal((await client.getStreamMetadata(stream)).metadata, undefined);
  await client.setStreamMetadata(stream, { maxCount: 2, owner: "committee" });
  assert.deepEqual((await client.getStreamMetadata(stream)).metadata, { maxCount: 2, owner: "committee" });
  assert.deepEqual(numbers(await take(client.readStream(stream))), [3, 4]);
});

test("a deleted stream reads as absent and may begin again", PATIENCE, async () => {
  const stream = await filled(2);
  const wrong = await refused(client.deleteStream(stream, { expectedRevision: 7n }), WrongExpectedVersionError);
  assert.deepEqual([wrong.streamName, wrong.expectedVersion, wrong.actualVersion], [stream, 7n, 1n]);
  assert.ok((await client.deleteStream(stream, { expectedRevision: 1n })).position.commit > 0n);
  await refused(take(client.readStream(stream)), StreamNotFoundError);
  const again = await client.appendToStream(stream, event(2), { expectedRevision: NO_STREAM });
  assert.equal(again.nextExpectedRevision, 2n);
});

test("a stream that was ended for ever", PATIENCE, async () => {
  const stream = await filled(1, name("đã-xóa")); // its name goes into a trailer, which is ASCII alone
  await client.tombstoneStream(stream);
  await refused(client.appendToStream(stream, event(1)), StreamDeletedError);
  await refused(client.appendToStream(stream, event(1), { credentials }), StreamDeletedError);
  await refused(take(client.readStream(stream)), StreamDeletedError);
  await refused(client.deleteStream(stream), StreamDeletedError);
});

test("links are followed where that is asked for", PATIENCE, async () => {
  const [target, links] = [await filled(3), name("links")];
  const link = { ...event(0), type: "$>", contentType: "application/octet-stream", data: Buffer.from(`1@${target}`) };
  await client.appendToStream(links, link);

  const [resolved] = await take(client.readStream(links, { resolveLinkTos: true }));
  assert.equal(resolved.event.data.number, 1);
  assert.equal(resolved.event.streamId, target);
  assert.equal(resolved.link.streamId, links);
  const [plain] = await take(client.readStream(links));
  assert.equal(plain.event.type, "$>");
});

test("cluster discovery finds the only node", PATIENCE, async () => {
  const found = EventStoreDBClient.connectionString(uri.replace("esdb://", "esdb+discover://"));
  try {
    const stream = name();
    await found.appendToStream(stream, event(0), { expectedRevision: NO_STREAM });
    assert.deepEqual(numbers(await take(found.readStream(stream))), [0]);
  } finally {
    await found.dispose();
  }
});

test("the server tells what it can do", PATIENCE, async () => {
  const features = await client.capabilities;
  assert.match(features.serverVersion, /^\d+\.\d+\.\d+$/);
  await assert.rejects(client.listProjections(), /no JavaScript engine/);
});
