import { describe, expect, it } from 'vitest';
import { declareFormView } from '../../../../../src/slack/incident/forms/declare.ts';
import { parseDeclareForm } from '../../../../../src/slack/incident/forms/parse-declare.ts';
import { incidentTeam } from '../../../../support/incident-team.ts';
import { nasty } from '../../../../support/nasty-text.ts';
import { START } from '../../../../support/run-builder.ts';
import { validateView } from '../../../../support/slack-rules.ts';
import { type Answers, submit } from '../../../../support/submit-view.ts';

const person = { id: 'U0ROBIN' };
const source = { channel: 'C1', ts: '1.2', permalink: 'https://example.slack.com/archives/C1/p12' };
const blank = declareFormView({ team: incidentTeam, person, now: START });
const filled: Answers = {
  title: { value: 'Checkout fails' },
  severity: { chosen: 'P1' },
  impact: { value: 'Nobody can pay' },
};
const send = (answers: Answers, view = blank) => parseDeclareForm(submit(view, answers), START);

describe('the declaration', () => {
  it('shows the whole criteria of every severity, and chooses none for the person', () => {
    const text = JSON.stringify(blank);
    expect(text).toContain('More than half of the users are hit');
    expect(text).toContain('Fewer than one user in ten is hit');
    expect(send({ ...filled, severity: {} })).toMatchObject({ errors: { severity: expect.any(String) } });
  });

  it('begins now and is led by whoever declares it, where they say nothing else', () => {
    expect(send(filled)).toEqual({
      ok: true,
      values: {
        declaration: {
          title: 'Checkout fails',
          severity: 'P1',
          services: [],
          impact: 'Nobody can pay',
          usersAffected: null,
          startedAt: '2026-01-05T03:00:00.000Z',
          commander: 'U0ROBIN',
          source: null,
          distinctFrom: [],
        },
        asked: '',
        known: null,
        sent: submit(blank, filled),
      },
    });
  });

  it('takes what the person says instead', () => {
    const sent = send({
      ...filled,
      services: { ticked: ['search'] },
      'users-affected': { value: '12,5 %' },
      'started-at': { instant: START / 1_000 - 600 },
      commander: { user: 'U0ALEX' },
    });
    expect(sent).toMatchObject({
      values: {
        declaration: {
          services: ['search'],
          usersAffected: 12.5,
          startedAt: '2026-01-05T02:50:00.000Z',
          commander: 'U0ALEX',
        },
      },
    });
  });

  it('may go without a commander', () => {
    expect(send({ ...filled, commander: { user: null } })).toMatchObject({
      values: { declaration: { commander: null } },
    });
  });

  it('tells everything that is missing or wrong at once', () => {
    const sent = send({
      'users-affected': { value: '120' },
      'started-at': { instant: START / 1_000 + 3_600 },
    });
    expect(sent.ok ? [] : Object.keys(sent.errors).sort()).toEqual([
      'impact',
      'severity',
      'started-at',
      'title',
      'users-affected',
    ]);
  });

  it.each(['most', '-3', '101', '1e1'])('“%s” is no share of users', (value) => {
    expect(send({ ...filled, 'users-affected': { value } })).toMatchObject({
      errors: { 'users-affected': expect.any(String) },
    });
  });

  it('from a message has its text filled in, and says where it comes from', () => {
    const view = declareFormView({
      ...{ team: incidentTeam, person, now: START, source },
      title: 'Payments are down',
      impact: 'Payments are down\nsince five',
    });
    expect(send({ severity: { chosen: 'P0' } }, view)).toMatchObject({
      values: {
        declaration: { title: 'Payments are down', impact: 'Payments are down\nsince five', source },
      },
    });
  });

  it.each([0, 1, 5, 30])('fits with %i services and the nastiest texts', (count) => {
    const [shop] = Object.values(incidentTeam.services).map((service) => ({ ...service, title: nasty(75) }));
    if (shop === undefined) throw new Error('the team has a service');
    const services = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`service-${index}`, shop]),
    );
    const { P0, ...others } = incidentTeam.severities;
    const severities = { ...others, P0: { ...P0, title: nasty(80), criteria: nasty(900) } };
    const view = declareFormView({
      team: { severities, services },
      ...{ person, now: START, title: nasty(500), impact: nasty(2_000) },
      source: { ...source, permalink: `https://example.slack.com/${'a'.repeat(2_900)}` },
    });
    expect(validateView(view)).toEqual([]);
  });
});
