import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK, SHORTCUT, VIEW } from '../../../src/slack/kit/ids.ts';
import { SOUND_PLAYBOOK } from '../../support/configuration-folder.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { aDoor, type DoorWorld, ROBIN } from '../../support/door-world.ts';
import { validateView } from '../../support/slack-rules.ts';

const BROKEN_TEAM = 'channels: [';
const BROKEN_PLAYBOOK = SOUND_PLAYBOOK.replace('5m', 'soon');
const WHAT_TO_DO = /nothing was done.*Mend it, or tell whoever edits it; then try again\.$/s;
const TYPED = {
  [BLOCK.reason]: { value: 'It is *broken*\nsince five' },
  [BLOCK.severity]: { chosen: 'P1' },
  [BLOCK.checklist]: { ticked: ['logs'] },
  [BLOCK.commit]: { value: 'v1.0.0' },
};

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const last = ({ seen }: DoorWorld) => seen.at(-1);

/** The rollback form of the shop, open. */
async function aForm(door: DoorWorld) {
  await door.command('/rollback shop');
  const form = shown(door);
  expect(form.callback_id).toBe(VIEW.rollbackForm);
  return form;
}

describe('one request reads files once', () => {
  it('a submission reads walkback.yml and the playbook exactly once', async () => {
    const door = await aDoor();
    const form = await aForm(door);
    const reads = countedReads();
    await door.send(form, TYPED);
    expect(last(door)?.text).toContain('*RUN-1* waits for approval');
    expect(reads.filter((file) => file.endsWith('.yml'))).toEqual(['walkback.yml', 'undo.yml']);
  });

  it('permission and plan are by the same walkback.yml, though it is replaced in between', async () => {
    const door = await aDoor();
    const form = await aForm(door);
    const stricter = door.soundTeam
      .replace('request: [responder]', 'request: [approver]')
      .replace(
        'Much is down, approval: { roles: [approver] }',
        'Much is down, approval: { roles: [responder] }',
      );
    countedReads((file) => {
      if (file === 'walkback.yml') writeFileSync(join(door.root, file), stricter);
    });
    await door.send(form, TYPED);
    expect((await loadRun(door, 'RUN-1'))?.plan.approval.roles).toEqual(['approver']);
    await door.send(form, TYPED);
    expect(last(door)).toMatchObject({
      in: 'modal',
      text: expect.stringContaining('needs the role `approver`'),
    });
    expect(await loadRun(door, 'RUN-2')).toBeUndefined();
  });
});

describe('what decides says where a file is broken', () => {
  it('a command, in an answer for the person alone, before anything is opened', async () => {
    const door = await aDoor();
    await door.write('walkback.yml', BROKEN_TEAM);
    await door.command('/rollback shop');
    expect(door.seen).toEqual([{ in: 'private', text: expect.stringMatching(WHAT_TO_DO) }]);
    expect(last(door)?.text).toMatch(/`walkback\.yml`, line 1, column \d+: .*expected .*, found /);
    expect(door.logged.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'the configuration is broken' },
    ]);
  });

  it('a form that is being opened, in the modal that said “One moment…”', async () => {
    const door = await aDoor({ playbook: BROKEN_PLAYBOOK });
    await door.command('/rollback shop');
    expect(door.seen).toEqual([
      { in: 'modal', text: expect.stringContaining('One moment…') },
      { in: 'modal', text: expect.stringMatching(WHAT_TO_DO) },
    ]);
    expect(last(door)?.text).toContain(
      '`playbooks/undo.yml`, line 4, column 11: `estimate`: expected a duration',
    );
    expect(door.views.flatMap(validateView)).toEqual([]);
  });

  it('a rollback that was asked for, above the form with all that was typed, which can be sent again', async () => {
    const door = await aDoor();
    const form = await aForm(door);
    await door.write('playbooks/undo.yml', BROKEN_PLAYBOOK);
    await door.send(form, TYPED);
    expect(last(door)).toEqual({
      in: 'modal',
      text: expect.stringContaining('`playbooks/undo.yml`, line 4'),
    });
    const again = shown(door);
    expect(validateView(again)).toEqual([]);
    expect(await loadRun(door, 'RUN-1')).toBeUndefined();
    await door.write('playbooks/undo.yml', SOUND_PLAYBOOK);
    // Some clients send nothing for what nobody touched; what the form showed counts then.
    await door.send(again, {
      [BLOCK.reason]: { value: 'It is *broken*\nsince five' },
      [BLOCK.commit]: { value: 'v1.0.0' },
    });
    expect(await loadRun(door, 'RUN-1')).toMatchObject({
      reason: 'It is *broken*\nsince five',
      plan: { severity: 'P1' },
    });
    expect(JSON.stringify(again)).toContain('"initial_value":"It is *broken*\\nsince five"');
    expect(JSON.stringify(again)).toContain('"initial_value":"v1.0.0"');
  });

  it('any other form likewise, while walkback.yml itself is broken', async () => {
    const door = await aDoor();
    await door.command('/incident');
    const form = shown(door);
    await door.write('walkback.yml', BROKEN_TEAM);
    const answers = { [BLOCK.title]: { value: 'Checkout fails' }, [BLOCK.severity]: { chosen: 'P2' } };
    await door.send(form, { ...answers, [BLOCK.impact]: { value: 'Nobody can pay' } });
    expect(last(door)?.text).toMatch(/`walkback\.yml`, line 1/);
    const again = shown(door);
    expect(again.callback_id).toBe(VIEW.declareForm);
    expect(JSON.stringify(again)).toContain('"initial_value":"Nobody can pay"');
    await door.send(again, answers);
    // Told anew, once.
    expect(shown(door).blocks.filter(({ block_id }) => block_id === BLOCK.notice)).toHaveLength(1);
    expect(await door.store.open('incident')).toEqual([]);
  });

  it('a button, a mention and a shortcut, each where the person looks', async () => {
    const door = await aDoor();
    await door.write('walkback.yml', BROKEN_TEAM);
    await door.press(ACTION.cancelRun, encodeButton({ run: 'RUN-1' }));
    await door.mention('rollback cancel 1');
    await door.shortcut(SHORTCUT.declare);
    const text = expect.stringMatching(WHAT_TO_DO);
    expect(door.seen).toEqual([
      { in: 'private', text },
      { in: 'private', text },
      { in: 'direct', text },
    ]);
  });

  it('a pushpin tells nobody but the log', async () => {
    const door = await aDoor();
    await door.write('walkback.yml', BROKEN_TEAM);
    await door.pin();
    expect(door.seen).toEqual([]);
    expect(door.logged.at(-1)).toMatchObject({
      level: 'error',
      fields: { listener: 'pushpin', reference: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
  });

  it('and never goes by the last good file', async () => {
    const door = await aDoor();
    await door.send(await aForm(door), TYPED);
    await door.write('walkback.yml', BROKEN_TEAM);
    await door.command('/rollback cancel 1');
    expect(last(door)?.text).toMatch(WHAT_TO_DO);
    expect(await loadRun(door, 'RUN-1')).toMatchObject({ status: 'awaiting_approval' });
  });
});

describe('what only tells goes on with the last good file', () => {
  it('list, status, show, timeline, help, View plan and App Home', async () => {
    const door = await aDoor();
    await door.send(await aForm(door), TYPED);
    await door.command('/incident');
    await door.send(shown(door), {
      [BLOCK.title]: { value: 'Checkout fails' },
      [BLOCK.severity]: { chosen: 'P2' },
      [BLOCK.impact]: { value: 'Nobody can pay' },
    });
    await door.openHome();
    await door.write('walkback.yml', BROKEN_TEAM);
    await door.write('playbooks/undo.yml', BROKEN_PLAYBOOK);
    const says = async (doing: Promise<unknown>): Promise<string> => {
      await doing;
      return last(door)?.text ?? '';
    };
    expect(await says(door.command('/rollback list'))).toContain('RUN-1');
    expect(await says(door.command('/rollback status 1'))).toContain('Web shop');
    expect(await says(door.command('/rollback help'))).toContain('ask for a rollback');
    expect(await says(door.mention('incident list'))).toContain('INC-1');
    expect(await says(door.command('/incident show'))).toContain('Checkout fails');
    expect(await says(door.command('/incident timeline 1'))).toContain('declared P2');
    expect(await says(door.press(ACTION.viewPlan, encodeButton({ run: 'RUN-1' })))).toContain('v1.0.0');
    expect(await says(door.openHome())).toContain('Checkout fails');
    expect(await says(door.mention('thanks'))).toContain("I don't know that");
  });

  it('where there never was a good one, App Home says what is wrong', async () => {
    const door = await aDoor({ team: BROKEN_TEAM });
    await door.openHome(ROBIN);
    expect(door.seen).toEqual([{ in: 'home', text: expect.stringMatching(WHAT_TO_DO) }]);
  });
});
