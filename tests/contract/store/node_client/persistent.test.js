"use strict";
// What the Node client meets at the embedded server's persistent subscriptions; run by node --test.

const assert = require("node:assert/strict");
const { after, test } = require("node:test");
const { randomUUID } = require("node:crypto");
const {
  PARK,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  PersistentSubscriptionExistsError,
  PersistentSubscriptionFailedError,
  PersistentSubscriptionMaximumSubscribersReachedError,
  RETRY,
  SKIP,
  START,
  eventTypeFilter,
  persistentSubscriptionToAllSettingsFromDefaults: toAll,
  persistentSubscriptionToStreamSettingsFromDefaults: toStream,
} = require("@eventstore/db-client");
const { PATIENCE, client, event, filled, name, numbers, refused, take } = require("./support.js");

after(() => client.dispose());

const confirmed = (subscription) => new Promise((resolve) => subscription.once("confirmation", resolve));

/** Ask until it is so: the server notes down what became of an event after it has answered. */
async function until(ask) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a group of a stream: ack, retry, skip, park, replay", PATIENCE, async () => {
  const [stream, group] = [await filled(4), name("group")];
  await client.createPersistentSubscriptionToStream(stream, group, toStream({ startFrom: START }));
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group);

  const [first, again, skipped, parked] = await take(subscription, 4);
  assert.deepEqual(numbers([first, again, skipped, parked]), [0, 1, 2, 3]);
  assert.equal(first.retryCount, 0);
  assert.equal(subscription.id, `${stream}::${group}`);
  await subscription.ack(first);
  await subscription.nack(SKIP, "not wanted", skipped);
  await subscription.nack(RETRY, "once more", again);
  const [retried] = await take(subscription, 1);
  assert.deepEqual([retried.event.data.number, retried.retryCount], [1, 1]);
  await subscription.ack(retried);

  await subscription.nack(PARK, "for later", parked);
  const info = () => client.getPersistentSubscriptionToStreamInfo(stream, group);
  await until(async () => Number((await info()).stats.parkedMessageCount) === 1);
  await client.replayParkedMessagesToStream(stream, group);
  const [replayed] = await take(subscription, 1);
  assert.equal(replayed.event.data.number, 3);
  await subscription.ack(replayed);
  await subscription.unsubscribe();
});

test("what a group is told about", PATIENCE, async () => {
  const [stream, group] = [await filled(1), name("group")];
  const settings = toStream({ startFrom: START, maxRetryCount: 3, extraStatistics: true });
  await client.createPersistentSubscriptionToStream(stream, group, settings);
  await refused(
    client.createPersistentSubscriptionToStream(stream, group, settings),
    PersistentSubscriptionExistsError,
  );
  const info = await client.getPersistentSubscriptionToStreamInfo(stream, group);
  assert.deepEqual([info.eventSource, info.groupName], [stream, group]);
  assert.deepEqual(info.settings, settings);

  const changed = { ...settings, maxRetryCount: 5, maxSubscriberCount: 1 };
  await client.updatePersistentSubscriptionToStream(stream, group, changed);
  const [listed] = await client.listPersistentSubscriptionsToStream(stream);
  assert.deepEqual(listed.settings, changed);
  const all = await client.listAllPersistentSubscriptions();
  assert.ok(all.some(({ groupName }) => groupName === group));

  const only = client.subscribeToPersistentSubscriptionToStream(stream, group);
  await confirmed(only);
  const second = take(client.subscribeToPersistentSubscriptionToStream(stream, group), 1);
  const full = await refused(second, PersistentSubscriptionMaximumSubscribersReachedError);
  assert.deepEqual([full.streamName, full.groupName], [stream, group]);

  const dropped = assert.rejects(take(only, 2), PersistentSubscriptionDroppedError);
  await client.deletePersistentSubscriptionToStream(stream, group);
  await dropped;
  for (const call of [
    () => client.deletePersistentSubscriptionToStream(stream, group),
    () => client.getPersistentSubscriptionToStreamInfo(stream, group),
    () => take(client.subscribeToPersistentSubscriptionToStream(stream, group), 1),
  ]) {
    const absent = await refused(call(), PersistentSubscriptionDoesNotExistError);
    assert.deepEqual([absent.streamName, absent.groupName], [stream, group]);
  }
});

test("settings that cannot be", PATIENCE, async () => {
  const settings = toStream({ readBatchSize: 500, historyBufferSize: 500 });
  await refused(
    client.createPersistentSubscriptionToStream(name(), name("group"), settings),
    PersistentSubscriptionFailedError,
  );
});

test("a group of $all with a filter", PATIENCE, async () => {
  const [group, type] = [name("group"), `Wanted${randomUUID().slice(0, 8)}`];
  const stream = name();
  await client.appendToStream(stream, [event(0, type), event(9), event(1, type)]);
  await client.createPersistentSubscriptionToAll(group, toAll({ startFrom: START }), {
    filter: eventTypeFilter({ prefixes: [type] }),
  });
  const subscription = client.subscribeToPersistentSubscriptionToAll(group);
  const taken = await take(subscription, 2);
  assert.deepEqual(numbers(taken), [0, 1]);
  await subscription.ack(...taken);
  await client.appendToStream(stream, event(2, type));
  const [parked] = await take(subscription, 1);
  assert.equal(parked.event.data.number, 2);
  await subscription.nack(PARK, "for later", parked);

  const info = () => client.getPersistentSubscriptionToAllInfo(group);
  await until(async () => Number((await info()).stats.parkedMessageCount) === 1);
  assert.equal((await info()).settings.startFrom, START);
  await client.replayParkedMessagesToAll(group);
  const [replayed] = await take(subscription, 1);
  assert.equal(replayed.event.data.number, 2);
  await subscription.ack(replayed);
  await subscription.unsubscribe();

  assert.ok((await client.listPersistentSubscriptionsToAll()).some(({ groupName }) => groupName === group));
  await client.deletePersistentSubscriptionToAll(group);
  await refused(info(), PersistentSubscriptionDoesNotExistError);
});

test("two consumers share the work", PATIENCE, async () => {
  const [stream, group] = [name(), name("group")];
  await client.createPersistentSubscriptionToStream(stream, group, toStream({ startFrom: START }));
  const [one, two] = [0, 1].map(() => client.subscribeToPersistentSubscriptionToStream(stream, group));
  await Promise.all([confirmed(one), confirmed(two)]);
  await client.appendToStream(stream, [0, 1, 2, 3].map((number) => event(number)));
  const shares = await Promise.all([take(one, 2), take(two, 2)]);
  assert.deepEqual(numbers(shares.flat()).sort(), [0, 1, 2, 3]);
  await Promise.all([one.ack(...shares[0]), two.ack(...shares[1])]);
  await Promise.all([one.unsubscribe(), two.unsubscribe()]);
});
