import { describe, expect, it } from 'vitest';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { aWorld, base, lock } from '../../../support/drive/approval-world.ts';

describe('a rollback that the severity policy asks for', () => {
  const byPolicy = { incident: 'INC-12', rule: '30 minutes without a fix' };

  it('is approved by it, plainly, and runs', async () => {
    const world = await aWorld();
    const asked = await requestRollback(world.driving, { ...base('P0'), byPolicy });
    expect(asked).toMatchObject({
      run: { status: 'queued', incident: 'INC-12', requestedBy: { kind: 'system', name: 'severity-policy' } },
    });
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded', byPolicy });
  });

  it('is not appended at all where a migration would be undone', async () => {
    const world = await aWorld();
    await world.repository.commit('Add a column', { 'db/migrations/7.sql': 'alter table' });
    await world.repository.push();
    const asked = await requestRollback(world.driving, { ...base('P0'), byPolicy });
    expect(asked).toMatchObject({
      refusal: { reason: 'policy-needs-person', why: expect.stringContaining('migration') },
    });
    expect(await world.driving.store.open('run')).toEqual([]);
    expect(await lock(world)).toBeUndefined();
  });
});
