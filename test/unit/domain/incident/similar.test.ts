import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { earlierAlike, similarIncidents } from '../../../../src/domain/incident/similar.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { incidentTeam as team } from '../../../support/incident-team.ts';
import { START } from '../../../support/run-builder.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ago = (ms: number): string => new Date(START - ms).toISOString();

const open = (id: string, more: Partial<Incident> = {}): Incident => ({
  ...anIncident({ id, services: [] }).build(),
  ...more,
});
/** Whether a title is taken for an open incident of another one. */
const isAlike = (typed: string, known: string, more: Partial<Incident> = {}): boolean =>
  similarIncidents({ title: typed, impact: '', services: [] }, [open('INC-1', { title: known, ...more })], {
    now: ago(0),
    team,
  }).length > 0;

describe('words that agree', () => {
  it.each([
    ['checkout is down', 'Checkout fails for most customers'],
    ['CHECKOUTS time out', 'checkout: broken'],
    ['Café-Seite lädt nicht', 'CAFE seite ist kaputt'],
    ['Users cannot log in', 'Login is broken'],
    ['Login is broken', 'Users cannot log in'],
    ['chekcout is down', 'Checkout fails'],
    ['paymets declined', 'Payments fail'],
    ['決済が失敗する', '決済エラー'],
    ['500 errors', 'Users see 500 errors everywhere'],
    ['Production is down', 'Search is down in production'],
  ])('"%s" may be "%s"', (typed, known) => {
    expect(isAlike(typed, known)).toBe(true);
  });

  it.each([
    ['Login page is slow for all users', 'Checkout page is slow for all users'],
    ['The API is down', 'The search is down'],
    ['HTTP 500 at login since 3', 'HTTP 500 at checkout since 2'],
    ['Emails are late', 'Checkout fails for most customers'],
    ['???', 'Checkout fails'],
  ])('"%s" is another than "%s"', (typed, known) => {
    expect(isAlike(typed, known)).toBe(false);
  });

  it('a service that is called by its name agrees with one that is named in a title', () => {
    expect(isAlike('Web shop gives 500', 'All is red', { services: ['web-shop'] })).toBe(true);
    expect(isAlike('All is red', 'Web shop gives 500')).toBe(false);
  });

  it('of what users see, more than one telling word has to be the same', () => {
    const known = [open('INC-1', { title: 'All is red', impact: 'Nobody can pay by card in the shop' })];
    const report = (impact: string) =>
      similarIncidents({ title: 'Help', impact, services: [] }, known, { now: ago(0), team });
    expect(report('People who pay by card see an error')).toHaveLength(1);
    expect(report('Nobody can send a card to their mother')).toEqual([]);
  });
});

it('a service that both name is enough; an unrelated one that is open, be it a P0, is not', () => {
  const known = [
    open('INC-1', { severity: 'P0', title: 'Mails are late', services: ['search'] }),
    open('INC-2', { severity: 'P2', title: 'Something odd', services: ['web-shop'] }),
  ];
  const report = { title: 'Checkout fails', impact: '', services: ['web-shop'] };
  expect(similarIncidents(report, known, { now: ago(0), team }).map(({ id }) => id)).toEqual(['INC-2']);
});

it('a service says nothing where there is no other', () => {
  const shop = team.services['web-shop'];
  const one = { services: shop === undefined ? {} : { 'web-shop': shop } };
  const known = [open('INC-1', { title: 'Mails are late', services: ['web-shop'] })];
  const report = { title: 'Checkout fails', impact: '', services: ['web-shop'] };
  expect(similarIncidents(report, known, { now: ago(0), team })).toHaveLength(1);
  expect(similarIncidents(report, known, { now: ago(0), team: one })).toEqual([]);
});

it('the likeliest comes first: the same words, then the more urgent, then the livelier', () => {
  const known = [
    open('INC-1', { title: 'Mails', services: ['web-shop'], severity: 'P0' }),
    open('INC-2', { title: 'Checkout', severity: 'P2', lastActivityAt: ago(HOUR) }),
    open('INC-3', { title: 'Checkout', severity: 'P2', lastActivityAt: ago(MINUTE) }),
    open('INC-4', { title: 'Checkout', severity: 'P1', services: ['web-shop'] }),
  ];
  const report = { title: 'Checkout fails', impact: '', services: ['web-shop'] };
  expect(similarIncidents(report, known, { now: ago(0), team }).map(({ id }) => id)).toEqual([
    ...['INC-4', 'INC-3', 'INC-2', 'INC-1'],
  ]);
});

describe('time that is near', () => {
  const alikeAfter = (story: ReturnType<typeof anIncident>): boolean =>
    similarIncidents({ title: 'Checkout fails', impact: '', services: [] }, [story.build()], {
      now: new Date(story.now()).toISOString(),
      team,
    }).length > 0;

  it('is two hours since the declaration, or since anybody did something', () => {
    expect(alikeAfter(anIncident({ severity: 'P3' }).after(2 * HOUR))).toBe(true);
    expect(alikeAfter(anIncident({ severity: 'P3' }).after(2 * HOUR + 1))).toBe(false);
    expect(
      alikeAfter(
        anIncident()
          .after(5 * HOUR)
          .updated()
          .after(2 * HOUR),
      ),
    ).toBe(true);
  });

  it('is not made near by what Walkback says by itself, but by calling somebody in and by rollbacks', () => {
    expect(alikeAfter(anIncident({ severity: 'P2', schedule: { ladder: [] } }).lived(9 * HOUR))).toBe(false);
    expect(
      alikeAfter(
        anIncident()
          .after(5 * HOUR)
          .escalated('manager')
          .after(HOUR),
      ),
    ).toBe(true);
    expect(
      alikeAfter(
        anIncident()
          .after(5 * HOUR)
          .runLinked('RUN-1')
          .after(HOUR),
      ),
    ).toBe(true);
    const refused = { type: 'press.refused', payload: { press: 'merge', refusal: 'not-permitted' } } as const;
    expect(
      alikeAfter(
        anIncident()
          .after(5 * HOUR)
          .happened(refused, 'U0NOBODY')
          .after(HOUR),
      ),
    ).toBe(false);
  });

  it('does not count for what is over', () => {
    expect(alikeAfter(anIncident().resolvedBy('U0LEAD'))).toBe(false);
  });
});

describe('what nobody was asked about, since it was declared at the same time', () => {
  const second = (more: Partial<Incident> = {}) => open('INC-12', { ...more, declaredAt: ago(0) });
  const first = (id: string, ms = 0) => open(id, { declaredAt: ago(ms) });

  it('is found by the second of two, and by the number where it is the same instant', () => {
    expect(earlierAlike(second(), [first('INC-11', 1)], team)).toHaveLength(1);
    expect(earlierAlike(second(), [first('INC-11'), first('INC-13'), second()], team)).toHaveLength(1);
    expect(earlierAlike(second(), [first('INC-13', -1)], team)).toEqual([]);
  });

  it('leaves out what somebody said it to be another than', () => {
    expect(earlierAlike(second({ distinctFrom: ['INC-11'] }), [first('INC-11', 1)], team)).toEqual([]);
  });
});
