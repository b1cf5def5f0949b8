import { describe, expect, it } from 'vitest';
import type { Driving } from '../../../../src/engine/drive/driving.ts';
import { countedReads } from '../../../support/counted-reads.ts';
import { GIT } from '../../../support/drive/drive-story.ts';
import { aCommand, aDriveWorld, gated } from '../../../support/drive-world.ts';

describe('what was approved is what runs', () => {
  it('a playbook that was edited since makes a new plan, voids the approval, and nothing runs', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo old >> done')] });
    await world.request();
    const { digest } = await world.load();
    await world.writePlaybook({ steps: [aCommand('deploy', 'echo new >> done')] });
    expect(await world.drive()).toBe('done');
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      approvals: [],
      replacedBecause: 'playbook-changed',
      planNumber: 2,
    });
    expect((await world.load()).digest).not.toBe(digest);
    expect(await world.lines('done')).toEqual([]);
    await world.approve();
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.lines('done')).toEqual(['new']);
  });

  it('a severity that asks for more people since makes a new plan', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo done >> done')] });
    await world.request();
    const team = await world.driving.catalog.team();
    const stricter = structuredClone(team);
    stricter.severities.P1.approval.roles = ['admin'];
    const catalog = { ...world.driving.catalog, team: async () => stricter };
    await world.drive('one', { catalog });
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'configuration-changed',
      plan: { approval: { roles: ['admin'] } },
    });
    expect(await world.lines('done')).toEqual([]);
  });

  it('a branch that moved before the start makes a new plan back to the same commit', async () => {
    const world = await aDriveWorld({ steps: [GIT] });
    await world.request();
    const { plan } = await world.load();
    const head = await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.drive();
    const run = await world.load();
    expect(run).toMatchObject({ status: 'awaiting_approval', replacedBecause: 'branch-moved' });
    expect(run.plan).toMatchObject({ target: { hash: plan.target.hash }, deployed: { hash: head } });
    expect(await world.repository.remoteHead()).toBe(head);
    await world.approve();
    await world.drive('two');
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    expect(await world.repository.remoteGit('show', 'main:version')).toBe('1.0');
  });

  it('a push that got ahead during the run makes a new plan, pushes nothing, and asks again', async () => {
    const world = await aDriveWorld({ steps: [gated('prepare'), GIT] });
    await world.makeGate('prepare');
    await world.request();
    const driven = world.drive();
    await world.begun('prepare');
    const head = await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    expect(await driven).toBe('done');
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      approvals: [],
      replacedBecause: 'branch-moved',
    });
    expect(await world.repository.remoteHead()).toBe(head);
  });

  it('a plan made anew during the run goes by the files as they are then', async () => {
    const world = await aDriveWorld({ steps: [gated('prepare'), GIT] });
    await world.makeGate('prepare');
    await world.request();
    const driven = world.drive();
    await world.begun('prepare');
    await world.writePlaybook({ steps: [gated('prepare'), GIT, aCommand('added', 'true')] });
    await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    await driven;
    const { plan } = await world.load();
    expect(plan.steps.map(({ id }) => id)).toContain('added');
  });

  it('a start is decided by one reading of the files', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'true')] });
    await world.request();
    const read = countedReads();
    await world.drive();
    expect(read.filter((file) => file === 'walkback.yml')).toHaveLength(1);
    expect(read.filter((file) => file === 'undo.yml')).toHaveLength(1);
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
  });

  it('a press recorded while the new plan is made does not leave the run without a driver', async () => {
    const world = await aDriveWorld({ steps: [gated('prepare'), GIT] });
    await world.makeGate('prepare');
    await world.request();
    const { git } = world.driving;
    let pressed = false;
    const describeRange: Driving['git']['describeRange'] = async (ref, range) => {
      if (!pressed) await world.pressStale();
      pressed = true;
      return git.describeRange(ref, range);
    };
    const driven = world.drive('one', { git: { ...git, describeRange } });
    await world.begun('prepare');
    await world.repository.commit('Hotfix', { version: '1.2\n' });
    await world.repository.push();
    await world.open('prepare');
    await driven;
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'branch-moved',
    });
  });

  it('a target that is on the branch no more ends the run, and nothing ran', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'echo old >> done'), GIT] });
    await world.request();
    await world.repository.git('checkout', '-q', '--orphan', 'rewritten');
    const head = await world.repository.commit('Rewritten', { version: '2.0\n' });
    await world.repository.git('push', '-q', '--force', 'origin', `${head}:refs/heads/main`);
    await world.drive();
    expect(await world.load()).toMatchObject({
      status: 'failed',
      ending: 'the plan can no longer be carried out: the target is not on the branch',
    });
    expect(await world.lines('done')).toEqual([]);
  });
});
