import { describe, expect, it } from 'vitest';
import type { Target } from '../../../../../src/engine/plan/service-state.ts';
import { parseRollbackForm } from '../../../../../src/slack/run/forms/parse-rollback.ts';
import { type RollbackForm, rollbackFormView } from '../../../../../src/slack/run/forms/rollback.ts';
import { incidentTeam } from '../../../../support/incident-team.ts';
import { nasty } from '../../../../support/nasty-text.ts';
import { aBlastRadius, aCommit, hashOf } from '../../../../support/plan-builder.ts';
import { selectOf } from '../../../../support/read-view.ts';
import { textsOf, validateView } from '../../../../support/slack-rules.ts';
import { type Answers, submit } from '../../../../support/submit-view.ts';

const previous = aCommit();
const older = aCommit({ hash: hashOf('v1.2.0'), release: 'v1.2.0', subject: 'Sort by price' });

const aTarget = (overrides: Partial<Target> = {}): Target => ({
  commit: previous,
  isPrevious: false,
  rolledBack: undefined,
  ...overrides,
});

const deployed = aCommit({ hash: hashOf('v1.4.0'), release: 'v1.4.0' });
const move = { kind: 'move', deployed, target: previous, blastRadius: aBlastRadius() } as const;

const form = (overrides: Partial<RollbackForm> = {}): RollbackForm => ({
  service: 'web-shop',
  serviceTitle: 'Web shop',
  facts: { deployed, unknown: undefined, preview: move },
  environments: ['production', 'staging'],
  playbooks: [{ name: 'roll-back', title: 'Roll back and redeploy' }],
  targets: [aTarget({ isPrevious: true }), aTarget({ commit: older })],
  severities: incidentTeam.severities,
  parameters: [],
  prefill: {},
  origin: { channel: 'C0INCIDENTS' },
  ...overrides,
});

/** Sent with P0, unless `answers` say otherwise. */
const sent = (answers: Answers, overrides: Partial<RollbackForm> = {}) =>
  parseRollbackForm(submit(rollbackFormView(form(overrides)), { severity: { chosen: 'P0' }, ...answers }));
const optionsOf = (overrides: Partial<RollbackForm>, block: string) =>
  selectOf(rollbackFormView(form(overrides)), block);

describe('the form', () => {
  it('offers the previous release first and chooses it', () => {
    const select = optionsOf({}, 'target');
    expect(select?.options.map(({ text }) => text.text)).toEqual([
      `Previous release: v1.3.0 (${previous.hash.slice(0, 7)}) — Show the basket on every page`,
      `v1.2.0 (${older.hash.slice(0, 7)}) — Sort by price`,
    ]);
    expect(select?.initial_option?.value).toBe(previous.hash);
  });

  it('says of a release that it was rolled back, when and for what, and leaves the choice open where none is before it', () => {
    const rolledBack = { run: 'RUN-4', at: '2026-01-02T23:30:00.000Z', incident: 'INC-3' };
    const bad = { rolledBack, commit: aCommit({ subject: 'A subject that goes on and on: '.repeat(9) }) };
    const targets = [aTarget(bad), aTarget({ commit: older, rolledBack: { ...rolledBack, incident: null } })];
    const select = optionsOf({ targets }, 'target');
    expect(select?.options.map(({ text }) => text.text)).toEqual([
      expect.stringMatching(/^v1\.3\.0 \([0-9a-f]{7}\) · rolled back 2026-01-02, INC-3 — A subj/),
      expect.stringMatching(/^v1\.2\.0 \([0-9a-f]{7}\) · rolled back 2026-01-02, RUN-4 — Sort/),
    ]);
    expect(select?.initial_option).toBeUndefined();
  });

  it('keeps another name of a release as it was typed', () => {
    const select = optionsOf({ prefill: { target: 'v1.3.0-rc2' } }, 'target');
    expect(select?.initial_option).toMatchObject({ value: 'v1.3.0-rc2' });
  });

  it.each([
    ['v1.2.0', older.hash],
    [older.hash.slice(0, 8), older.hash],
    ['deadbeef', 'deadbeef'],
    ['-x; rm', '-x; rm'],
  ])('chooses what was typed with the command: %s', (target, value) => {
    expect(optionsOf({ prefill: { target } }, 'target')?.initial_option?.value).toBe(value);
    expect(sent({ reason: { value: 'broken' } }, { prefill: { target } })).toMatchObject({
      values: { target: value },
    });
  });

  it('shows the whole criteria of every severity, longer than an option may be', () => {
    const { P1, ...others } = incidentTeam.severities;
    const criteria = `Many can not buy: ${'now and then, '.repeat(10)}and it grows`;
    const severities = { ...others, P1: { ...P1, criteria } };
    expect(textsOf(rollbackFormView(form({ severities })).blocks).join('\n')).toContain(criteria);
  });

  it('shows a refusal on top and keeps what was typed', () => {
    const view = rollbackFormView(
      form({ notice: ':warning: nope', prefill: { reason: 'typed', checklist: ['state-backed-up'] } }),
    );
    expect(textsOf(view.blocks)[0]).toBe(':warning: nope');
    expect(JSON.stringify(view)).toContain('"initial_value":"typed"');
    expect(JSON.stringify(view)).toContain('"initial_options":[{"value":"state-backed-up"');
  });

  it('tells before anything is filled in what is deployed, what would be undone and what it belongs to', () => {
    const incident = { id: 'INC-3', title: 'Checkout <fails>', severity: 'P1' } as const;
    const [standing, undone, belongs] = textsOf(
      rollbackFormView(form({ facts: { deployed, unknown: undefined, preview: move, incident } })).blocks,
    );
    expect(standing).toContain(`*Web shop*\n*v1.4.0 (${deployed.hash.slice(0, 7)})* is deployed.`);
    expect(undone).toContain(`*Back to v1.3.0 (${previous.hash.slice(0, 7)})*`);
    expect(undone).toContain('undone*');
    expect(belongs).toBe('It belongs to *INC-3* P1: Checkout &lt;fails&gt;. That severity counts.');
  });

  it('says so where what is deployed isn’t known, and where there is nothing to go back to', () => {
    const preview = { kind: 'refused', refusal: { reason: 'no-previous-release', service: 'shop' } } as const;
    const facts = { deployed, unknown: 'RUN-4 ended not proven', preview };
    const [standing, undone] = textsOf(rollbackFormView(form({ facts })).blocks);
    expect(standing).toContain(
      "What is deployed isn't known: RUN-4 ended not proven. The branch is at *v1.4.0",
    );
    expect(undone).toContain(':warning: I found no earlier release of `shop`');
  });

  it('asks for the playbook right after the target', () => {
    const blocks = rollbackFormView(form()).blocks.flatMap(({ block_id }) => block_id ?? []);
    expect(blocks.slice(blocks.indexOf('target'))).toEqual([
      'target',
      'commit',
      'playbook',
      'severity',
      'reason',
      'checklist',
    ]);
  });

  it('asks for a commit where there is no release', () => {
    expect(optionsOf({ targets: [] }, 'target')).toBeUndefined();
    expect(sent({ reason: { value: 'broken' } }, { targets: [] })).toMatchObject({
      ok: false,
      errors: { commit: expect.any(String) },
    });
  });

  it('stays within what Slack takes with the worst data', () => {
    const long = nasty(300);
    const view = rollbackFormView(
      form({
        serviceTitle: long,
        environments: Array.from({ length: 150 }, (_, index) => `e${index}`),
        playbooks: Array.from({ length: 30 }, (_, index) => ({ name: `p${index}`, title: nasty(75) })),
        targets: Array.from({ length: 150 }, (_, index) =>
          aTarget({ commit: aCommit({ hash: hashOf(`${index}`), release: long, subject: long }) }),
        ),
        severities: {
          ...incidentTeam.severities,
          P0: { ...incidentTeam.severities.P0, title: long, criteria: nasty(2_000) },
        },
        parameters: Array.from({ length: 20 }, (_, index) => ({
          name: `parameter_${index}`,
          description: long,
          ...(index % 2 === 0 ? { choices: ['a', nasty(140)] } : { default: nasty(500) }),
        })),
        prefill: { target: nasty(150), reason: nasty(5_000) },
        origin: { channel: 'C0INCIDENTS', threadTs: '1700000000.000100' },
        notice: 'x'.repeat(5_000),
        facts: {
          deployed,
          unknown: long,
          preview: {
            ...move,
            target: aCommit({ release: long }),
            blastRadius: aBlastRadius({
              commits: Array.from({ length: 50 }, () => aCommit({ subject: long, author: long })),
              files: Array.from({ length: 50 }, () => long),
              reasons: Array.from({ length: 9 }, () => long),
            }),
          },
          incident: { id: 'INC-3', title: long, severity: 'P0' },
        },
      }),
    );
    expect(validateView(view)).toEqual([]);
  });
});

describe('a sent form', () => {
  it('is read with everything that was chosen and typed', () => {
    const answers: Answers = {
      environment: { chosen: 'staging' },
      playbook: { chosen: 'roll-back' },
      target: { chosen: older.hash },
      severity: { chosen: 'P0' },
      reason: { value: ' checkout is down ' },
      checklist: { ticked: ['issue-documented', 'target-verified'] },
      'parameter:region': { value: 'eu-2' },
    };
    const parameters = [{ name: 'region', description: 'Where' }];
    expect(sent(answers, { parameters, origin: { channel: 'C1', threadTs: '1.2' } })).toEqual({
      ok: true,
      values: {
        service: 'web-shop',
        origin: { channel: 'C1', threadTs: '1.2' },
        environment: 'staging',
        playbook: 'roll-back',
        target: older.hash,
        severity: 'P0',
        reason: 'checkout is down',
        checklist: ['issue-documented', 'target-verified'],
        parameters: { region: 'eu-2' },
      },
    });
  });

  it('takes a typed commit over the chosen release', () => {
    const answers = {
      target: { chosen: previous.hash },
      commit: { value: 'v1.0.0' },
      reason: { value: 'broken' },
    };
    expect(sent(answers)).toMatchObject({ ok: true, values: { target: 'v1.0.0' } });
  });

  it('takes what it showed for fields that a client left untouched', () => {
    expect(sent({ reason: { value: 'broken' } })).toMatchObject({
      ok: true,
      values: { environment: 'production', target: previous.hash, severity: 'P0', playbook: 'roll-back' },
    });
  });

  it('without a severity is refused at that field: none is chosen for anybody, but the incident’s', () => {
    const answers = { severity: {}, reason: { value: 'broken' } };
    expect(optionsOf({}, 'severity')?.initial_option).toBeUndefined();
    expect(sent(answers)).toEqual({ ok: false, errors: { severity: 'Choose a severity.' } });
    const prefill = { severity: 'P2' } as const;
    expect(optionsOf({ prefill }, 'severity')?.initial_option?.value).toBe('P2');
    expect(sent(answers, { prefill })).toMatchObject({ ok: true, values: { severity: 'P2' } });
  });

  it('without a reason is refused at that field', () => {
    expect(sent({ reason: { value: '  ' } })).toEqual({ ok: false, errors: { reason: expect.any(String) } });
  });
});
