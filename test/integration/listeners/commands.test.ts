import { expect, it } from 'vitest';
import { BLOCK } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../support/door-world.ts';

/** Asks for a rollback of the shop by the form. */
async function ask(door: DoorWorld): Promise<void> {
  await door.command('/rollback shop');
  const form = door.views.at(-1);
  if (form === undefined) throw new Error('no form');
  await door.send(form, {
    [BLOCK.severity]: { chosen: 'P0' },
    [BLOCK.reason]: { value: 'Broken' },
    [BLOCK.commit]: { value: 'v1.0.0' },
  });
}

const endings = async ({ store }: DoorWorld, run: string) =>
  (await store.read(run)).slice(1).map(({ type, payload }) => ({ type, payload }));

it('what follows the id is the reason of a cancellation, by command and by mention', async () => {
  const door = await aDoor();
  await ask(door);
  await door.command('/rollback cancel 1 found   another way');
  expect((await endings(door, 'RUN-1'))[0]).toMatchObject({
    type: 'cancel.requested',
    payload: { reason: 'found another way' },
  });
  await ask(door);
  await door.mention('rollback cancel run-2');
  expect((await endings(door, 'RUN-2'))[0]).toMatchObject({ payload: { reason: null } });
});

it('what follows service and environment is the reason to unlock', async () => {
  const door = await aDoor();
  await ask(door);
  await door.command('/rollback unlock shop production the worker is lost');
  expect(door.seen.at(-1)?.text).toContain('needs the role `approver`');
  await door.command('/rollback unlock shop production the worker is lost', APPROVER);
  expect(door.seen.at(-1)?.text).toContain('RUN-1 was ended; `shop` `production` is free again.');
  expect(JSON.stringify(await endings(door, 'RUN-1'))).toContain('the worker is lost');
});
