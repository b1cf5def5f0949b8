import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../../src/domain/incident/incident.ts';
import type { Run } from '../../../../../src/domain/run/run.ts';
import { changeSeverity } from '../../../../../src/slack/incident/actions/change-severity.ts';
import { holdLadder } from '../../../../../src/slack/incident/actions/hold-ladder.ts';
import { holdRollback } from '../../../../../src/slack/incident/actions/hold-rollback.ts';
import { reopen } from '../../../../../src/slack/incident/actions/reopen.ts';
import { resolve } from '../../../../../src/slack/incident/actions/resolve.ts';
import { takeRole } from '../../../../../src/slack/incident/actions/take-role.ts';
import { update } from '../../../../../src/slack/incident/actions/update.ts';
import { anIncident } from '../../../../support/incident-builder.ts';
import { incidentTeam } from '../../../../support/incident-team.ts';
import { nasty } from '../../../../support/nasty-text.ts';
import { aRun } from '../../../../support/run-builder.ts';
import { validateView } from '../../../../support/slack-rules.ts';
import { type Answers, submit } from '../../../../support/submit-view.ts';

const MINUTE = 60_000;
const nothingMore = { team: incidentTeam, person: { id: 'U0ROBIN' }, runs: [] };

const updateFormView = (incident: Incident, runs: readonly Run[]) =>
  update.view(incident, { ...nothingMore, runs });

describe('the update', () => {
  it('is filled in from the last one', () => {
    const view = updateFormView(anIncident().updated().build(), []);
    expect(update.parse(submit(view, { next: { value: 'Watch it' } }))).toEqual({
      ok: true,
      values: {
        incident: 'INC-12',
        command: {
          press: 'update',
          status: 'identified',
          done: 'Found the release that broke it',
          next: 'Watch it',
          eta: '',
        },
      },
    });
    expect(JSON.stringify(view)).toContain('in 20 minutes');
  });

  it('tells what became of rollbacks since, and leaves to a person whether the harm has stopped', () => {
    const run = aRun().started().after(MINUTE).succeeded().build();
    const view = updateFormView(anIncident().build(), [run]);
    expect(update.parse(submit(view, {}))).toMatchObject({
      values: {
        command: { status: 'investigating', done: expect.stringMatching(/RUN-31.*rolled back to v1.3.0/) },
      },
    });
  });

  it('does not tell again of what ended before the last one', () => {
    const run = aRun().started().after(MINUTE).succeeded().build();
    const incident = anIncident()
      .after(5 * MINUTE)
      .updated()
      .build();
    expect(update.parse(submit(updateFormView(incident, [run]), {}))).toMatchObject({
      values: { command: { status: 'identified', done: 'Found the release that broke it' } },
    });
  });

  it('needs to say what was done', () => {
    const view = updateFormView(anIncident().build(), []);
    expect(update.parse(submit(view, { done: { value: '  ' } }))).toMatchObject({
      ok: false,
      errors: { done: expect.any(String) },
    });
  });

  it('fits', () => {
    const incident = anIncident()
      .updated({ done: nasty(900), next: nasty(900), eta: nasty(300) })
      .build();
    const runs = Array.from({ length: 40 }, () => aRun().deniedBy('U0B', 'no').build());
    expect(validateView(updateFormView(incident, runs))).toEqual([]);
  });
});

describe('changing the severity', () => {
  const view = changeSeverity.view(anIncident().build(), nothingMore);

  it('gives the severity and the reason', () => {
    expect(
      changeSeverity.parse(submit(view, { severity: { chosen: 'P0' }, reason: { value: 'it grows' } })),
    ).toEqual({
      ok: true,
      values: { incident: 'INC-12', command: { press: 'change-severity', to: 'P0', reason: 'it grows' } },
    });
  });

  it('needs a reason', () => {
    expect(changeSeverity.parse(submit(view, {}))).toMatchObject({ errors: { reason: expect.any(String) } });
  });

  it('shows the criteria, and fits', () => {
    expect(JSON.stringify(view)).toContain('Hardly anybody notices');
    expect(validateView(view)).toEqual([]);
  });
});

describe('roles', () => {
  const incident = anIncident().roleTaken('commander', 'U0ADA').roleTaken('scribe', 'U0ROBIN').build();
  const view = takeRole.view(incident, nothingMore);
  const given = (answers: Answers) => takeRole.parse(submit(view, answers));

  it('stand in one form, each with whoever has it', () => {
    const pickers = view.blocks.flatMap((block) =>
      'element' in block && block.element.type === 'users_select'
        ? [[block.block_id, block.element.initial_user]]
        : [],
    );
    expect(pickers).toEqual([
      ['role:commander', 'U0ADA'],
      ['role:communications', undefined],
      ['role:scribe', 'U0ROBIN'],
      ['role:subject-expert', undefined],
    ]);
    expect(validateView(view)).toEqual([]);
  });

  it('are taken and given several in one go', () => {
    const answers = {
      take: { ticked: ['commander', 'subject-expert'] },
      'role:communications': { user: 'U0KIM' },
      'role:scribe': { user: 'U0KIM' },
    };
    const roles = {
      commander: 'U0ROBIN',
      communications: 'U0KIM',
      scribe: 'U0KIM',
      'subject-expert': 'U0ROBIN',
    };
    expect(given(answers)).toMatchObject({ values: { command: { press: 'take-role', roles } } });
    expect(takeRole.outcome(incident, { press: 'take-role', roles })).toBe(
      '<@U0ROBIN> is commander, <@U0KIM> is communications, <@U0KIM> is scribe, <@U0ROBIN> is subject expert of *INC-12* now.',
    );
  });

  it('leaves alone what stands as it was shown: somebody else may have changed it meanwhile', () => {
    const answers = { 'role:commander': { user: 'U0ADA' }, 'role:communications': { user: 'U0KIM' } };
    expect(given({ ...answers, 'role:scribe': { user: null } })).toMatchObject({
      values: { command: { roles: { communications: 'U0KIM' } } },
    });
  });

  it('asks which is meant where a role is taken and given to another, and for anything at all', () => {
    const answers = { take: { ticked: ['commander'] }, 'role:commander': { user: 'U0KIM' } };
    expect(given(answers)).toMatchObject({ errors: { 'role:commander': expect.any(String) } });
    expect(given({})).toMatchObject({ errors: { 'role:commander': expect.stringContaining('Nothing') } });
  });
});

describe('holding the escalation', () => {
  const view = holdLadder.view(anIncident().build(), nothingMore);

  it('gives the time and the reason', () => {
    const sent = submit(view, { duration: { chosen: '1h' }, reason: { value: 'all are here' } });
    expect(holdLadder.parse(sent)).toMatchObject({
      values: { command: { press: 'hold-ladder', forMs: 3_600_000, reason: 'all are here' } },
    });
  });

  it('needs a reason and a time that was offered', () => {
    const sent = submit(view, { duration: { chosen: '9d' } });
    expect(holdLadder.parse(sent)).toMatchObject({
      errors: { duration: expect.any(String), reason: expect.any(String) },
    });
  });

  it('fits', () => expect(validateView(view)).toEqual([]));
});

describe.each([
  ['resolving', resolve, 'summary', { press: 'resolve', summary: 'It was the cache' }],
  ['reopening', reopen, 'reason', { press: 'reopen', reason: 'It was the cache' }],
  ['holding the rollback', holdRollback, 'reason', { press: 'hold-rollback', reason: 'It was the cache' }],
])('%s', (_, form, block, command) => {
  const view = form.view(anIncident({ severity: 'P0', title: nasty(150) }).build(), nothingMore);

  it('gives the text', () => {
    expect(form.parse(submit(view, { [block]: { value: ' It was the cache ' } }))).toEqual({
      ok: true,
      values: { incident: 'INC-12', command },
    });
  });

  it('needs one', () => {
    expect(form.parse(submit(view, {}))).toMatchObject({ errors: { [block]: expect.any(String) } });
  });

  it('fits', () => expect(validateView(view)).toEqual([]));
});
