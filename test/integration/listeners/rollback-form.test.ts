import { describe, expect, it } from 'vitest';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK, parameterBlock, VIEW } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../support/door-world.ts';
import { selectOf } from '../../support/read-view.ts';
import { textsOf, validateView } from '../../support/slack-rules.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const textOf = (door: DoorWorld) => textsOf(shown(door).blocks).join('\n');

it('the main job: one command, one field, two presses', async () => {
  const door = await aDoor();
  await door.command('/rollback shop v1.0.0 checkout fails');
  await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P1' } });
  const asked = await loadRun(door, 'RUN-1');
  expect(asked).toMatchObject({ status: 'awaiting_approval', reason: 'checkout fails' });
  const value = encodeButton({ run: 'RUN-1', digest: asked?.digest ?? '' });
  await door.press(ACTION.approve, value, APPROVER);
  expect(await loadRun(door, 'RUN-1')).toMatchObject({ status: 'queued', plan: { severity: 'P1' } });
});

it('in an incident of the service there is nothing left to fill in', async () => {
  const door = await aDoor();
  await door.command('/incident checkout fails');
  await door.send(shown(door), {
    [BLOCK.severity]: { chosen: 'P1' },
    [BLOCK.services]: { ticked: ['shop'] },
    [BLOCK.impact]: { value: 'Nobody can pay' },
  });
  await door.command('/rollback shop');
  expect(textOf(door)).toContain('It belongs to *INC-1* P1: checkout fails. That severity counts.');
  await door.send(shown(door), {});
  expect(await loadRun(door, 'RUN-1')).toMatchObject({
    ...{ incident: 'INC-1', reason: 'INC-1: checkout fails' },
    plan: { severity: 'P1', target: { release: 'v1.0.0' } },
  });
});

it('tells what is deployed, what would be undone and who is on it, before anything is filled in', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  expect(validateView(shown(door))).toEqual([]);
  expect(textOf(door)).toMatch(/\*Web shop\*\n\*v1\.1\.0 \([0-9a-f]{7}\)\* is deployed\./);
  expect(textOf(door)).toMatch(
    /\*Back to v1\.0\.0 \([0-9a-f]{7}\)\*\n[\s\S]*\*1 commit undone\*[\s\S]*Release 1\.1/,
  );
  expect(selectOf(shown(door), BLOCK.severity)?.initial_option).toBeUndefined();
  expect(textOf(door)).not.toContain('is on it since');
  await door.send(shown(door), {
    [BLOCK.severity]: { chosen: 'P0' },
    [BLOCK.reason]: { value: 'Checkout fails' },
  });
  await door.command('/rollback shop');
  expect(textOf(door)).toMatch(/RUN-1 by <@U1RESPONDER> is on it since/);
});

it('a target that is none is told at once, and stays to be mended', async () => {
  const door = await aDoor();
  await door.command('/rollback shop v9.9.9 checkout fails');
  expect(shown(door).callback_id).toBe(VIEW.rollbackForm);
  expect(textOf(door)).toContain(':warning: `v9.9.9` is not a commit or tag');
  expect(selectOf(shown(door), BLOCK.target)?.initial_option?.value).toBe('v9.9.9');
});

it('what would be undone follows the target that is chosen or typed, and nothing that was filled in is lost', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  const filledIn = {
    [BLOCK.reason]: { value: 'Checkout fails' },
    [BLOCK.severity]: { chosen: 'P2' },
    [BLOCK.checklist]: { ticked: ['issue-documented'] },
    [parameterBlock('region')]: { chosen: 'us' },
  };
  await door.chooseIn(shown(door), BLOCK.commit, { ...filledIn, [BLOCK.commit]: { value: ' “nowhere” ' } });
  expect(textOf(door)).toContain(':warning: `nowhere` is not a commit or tag');
  expect(textOf(door)).not.toContain('Back to v1.0.0');
  const [tag] = selectOf(shown(door), BLOCK.target)?.options ?? [];
  await door.chooseIn(shown(door), BLOCK.target, {
    ...filledIn,
    [BLOCK.target]: { chosen: tag?.value ?? '' },
  });
  expect(validateView(shown(door))).toEqual([]);
  expect(textOf(door)).toMatch(/\*Back to v1\.0\.0 .*\n[\s\S]*1 commit undone/);
  expect(selectOf(shown(door), BLOCK.severity)?.initial_option?.value).toBe('P2');
  expect(selectOf(shown(door), parameterBlock('region'))?.initial_option?.value).toBe('us');
  expect(JSON.stringify(shown(door))).toContain('"initial_value":"Checkout fails"');
  await door.send(shown(door), { [BLOCK.reason]: { value: 'Checkout fails' } });
  expect(await loadRun(door, 'RUN-1')).toMatchObject({
    plan: { target: { release: 'v1.0.0' }, severity: 'P2' },
  });
});

it('whose lock it is follows as well, and what can’t be looked up is said above the form, which stays', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  const form = shown(door);
  await door.send(form, { [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { value: 'broken' } });
  await door.chooseIn(form, BLOCK.playbook, { [BLOCK.reason]: { value: 'My words' } });
  expect(textOf(door)).toMatch(/RUN-1 by <@U1RESPONDER> is on it since/);
  await door.write(
    'walkback.yml',
    door.soundTeam.replace(/repository: .*/, 'repository: /nowhere/at/all.git'),
  );
  await door.chooseIn(shown(door), BLOCK.playbook, { [BLOCK.reason]: { value: 'My words' } });
  expect(textOf(door)).toContain('/nowhere/at/all.git');
  await door.write('walkback.yml', 'services: [');
  await door.chooseIn(shown(door), BLOCK.playbook, { [BLOCK.reason]: { value: 'My words' } });
  expect(shown(door).callback_id).toBe(VIEW.rollbackForm);
  expect(JSON.stringify(shown(door))).toContain('"initial_value":"My words"');
});

it('a form that was closed while somebody chose in it is missed by nobody', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  const before = door.seen.length;
  door.slack.inject({ method: 'views.update', kind: 'refused', error: 'not_found' });
  await door.chooseIn(shown(door), BLOCK.playbook, {});
  await door.chooseIn({ ...shown(door), private_metadata: '{"version":"other"}' }, BLOCK.playbook, {});
  expect(JSON.stringify(door.seen.slice(before))).not.toContain('broke');
});

it('what was chosen twice in a row is told for the second, and an answer that came meanwhile stays', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  const form = shown(door);
  await door.chooseIn(form, BLOCK.commit, { [BLOCK.commit]: { value: 'first' } });
  await door.chooseIn(form, BLOCK.commit, { [BLOCK.commit]: { value: 'second' } });
  expect(textOf(door)).toContain('`second` is not a commit');
  await door.send(shown(door), {
    ...{ [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { value: 'broken' } },
    [BLOCK.commit]: { value: 'nowhere' },
  });
  const answered = door.views.length;
  await door.chooseIn(form, BLOCK.commit, { [BLOCK.commit]: { value: 'late' } });
  expect(door.views).toHaveLength(answered);
  expect(textOf(door)).toContain('`nowhere` is not a commit');
});

describe('/rollback alone', () => {
  const withTwo = (team: string): string =>
    `${team}${team.slice(team.indexOf('  shop:')).replace('  shop:', '  api:').replace('Web shop', 'API')}`;

  it('tells who is on which service, and what is deployed', async () => {
    const door = await aDoor();
    await door.write('walkback.yml', withTwo(door.soundTeam));
    await door.command('/rollback shop');
    await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { value: 'broken' } });
    await door.command('/rollback');
    expect(door.seen.at(-2)?.text).toMatch(/^\*Web shop\* :lock: RUN-1 by <@U1RESPONDER> is on it since/);
    expect(textOf(door)).toMatch(/\*Web shop\* v1\.1\.0 \([0-9a-f]{7}\) is deployed\. :lock: RUN-1/);
    expect(textOf(door)).toMatch(/\*API\* v1\.1\.0 \([0-9a-f]{7}\) is deployed\./);
    expect(validateView(shown(door))).toEqual([]);
  });

  it('leaves whoever has chosen alone, and is silent of what git doesn’t tell', async () => {
    const door = await aDoor();
    const broken = withTwo(door.soundTeam).replace(/repository: .*/, 'repository: /nowhere/at/all.git');
    await door.write('walkback.yml', broken);
    door.slack.inject({ method: 'views.update', kind: 'refused', error: 'hash_conflict' });
    await door.command('/rollback');
    expect(door.seen).toEqual([{ in: 'modal', text: expect.not.stringContaining('deployed') }]);
    await door.command('/rollback');
    expect(textOf(door)).toContain('*API* v1.1.0');
    expect(textOf(door)).not.toContain('*Web shop*');
  });
});

describe('a service that several incidents hit', () => {
  async function twoIncidents(): Promise<DoorWorld> {
    const door = await aDoor();
    for (const [title, severity] of [
      ['Pictures missing', 'P2'],
      ['Checkout fails', 'P1'],
    ] as const) {
      await door.command(`/incident ${title}`);
      await door.send(shown(door), {
        [BLOCK.severity]: { chosen: severity },
        [BLOCK.services]: { ticked: ['shop'] },
        [BLOCK.impact]: { value: title },
      });
    }
    await door.command('/rollback shop');
    return door;
  }
  const chosen = (door: DoorWorld, block: string) => selectOf(shown(door), block)?.initial_option?.value;

  it('is asked about: the most urgent is chosen, and severity and reason follow the choice', async () => {
    const door = await twoIncidents();
    expect(validateView(shown(door))).toEqual([]);
    expect(selectOf(shown(door), BLOCK.incident)?.options?.map(({ value }) => value)).toEqual([
      'INC-2',
      'INC-1',
      'none',
    ]);
    expect([chosen(door, BLOCK.incident), chosen(door, BLOCK.severity)]).toEqual(['INC-2', 'P1']);
    await door.chooseIn(shown(door), BLOCK.incident, { [BLOCK.incident]: { chosen: 'INC-1' } });
    expect([chosen(door, BLOCK.incident), chosen(door, BLOCK.severity)]).toEqual(['INC-1', 'P2']);
    expect(textOf(door)).toContain('It belongs to *INC-1* P2: Pictures missing.');
    await door.send(shown(door), {});
    expect(await loadRun(door, 'RUN-1')).toMatchObject({
      ...{ incident: 'INC-1', reason: 'INC-1: Pictures missing' },
      plan: { severity: 'P2' },
    });
  });

  it('may be rolled back for none of them, with a reason of its own', async () => {
    const door = await twoIncidents();
    await door.chooseIn(shown(door), BLOCK.incident, { [BLOCK.incident]: { chosen: 'none' } });
    expect(textOf(door)).not.toContain('It belongs to');
    await door.send(shown(door), { [BLOCK.reason]: { value: 'A drill' } });
    expect(await loadRun(door, 'RUN-1')).toMatchObject({ incident: null, ofNoIncident: true });
  });
});
