import { describe, expect, it } from 'vitest';
import { personActor } from '../../../../../src/domain/actor.ts';
import { loadingView, outcomeView } from '../../../../../src/slack/kit/telling-views.ts';
import { breakGlassView, parseBreakGlassForm } from '../../../../../src/slack/run/forms/break-glass.ts';
import { denyView, parseDenyForm } from '../../../../../src/slack/run/forms/deny.ts';
import { parseServiceForm, serviceView } from '../../../../../src/slack/run/forms/service.ts';
import { nasty } from '../../../../support/nasty-text.ts';
import { textsOf, validateView } from '../../../../support/slack-rules.ts';
import { submit } from '../../../../support/submit-view.ts';

describe('choosing a service', () => {
  const free = { locks: [], hasEnvironments: false };
  const services = [
    { name: 'web-shop', title: 'Web shop', ...free },
    { name: 'api', title: 'api', ...free },
  ];
  const view = serviceView({ services, origin: { channel: 'C1', threadTs: '1.2' } });

  it('gives the service and where it was asked', () => {
    expect(parseServiceForm(submit(view, { service: { chosen: 'api' } }))).toEqual({
      ok: true,
      values: { service: 'api', channel: 'C1', threadTs: '1.2' },
    });
  });

  it('takes the one it showed where a client left it untouched', () => {
    expect(parseServiceForm(submit(view, {}))).toMatchObject({ values: { service: 'web-shop' } });
  });

  it.each([0, 1, 150])('fits with %i services', (count) => {
    const many = Array.from({ length: count }, (_, index) => ({
      name: `s${index}`,
      title: nasty(75),
      ...free,
    }));
    expect(validateView(serviceView({ services: many, origin: { channel: 'C1' } }))).toEqual([]);
  });
});

describe('how services stand, where they are chosen', () => {
  const lock = { run: 'RUN-3', since: '2030-03-01T09:00:00.000Z', owner: personActor({ id: 'U1KIM' }) };
  const deployed = { hash: 'a'.repeat(40), release: 'v1.4.0', subject: 'x', author: 'x', at: lock.since };

  it('is told as far as it is known, those first that somebody is on', () => {
    const view = serviceView({
      origin: { channel: 'C1' },
      services: [
        { name: 'api', title: 'API', locks: [], hasEnvironments: false, deployed },
        { name: 'dark', title: 'Dark', locks: [], hasEnvironments: false },
        {
          ...{ name: 'shop', title: 'Shop <1>', hasEnvironments: true, deployed },
          locks: [{ environment: 'staging', ...lock }],
        },
      ],
    });
    expect(textsOf(view.blocks)[0]?.split('\n')).toEqual([
      expect.stringMatching(
        /^\*Shop &lt;1&gt;\* v1\.4\.0 \(aaaaaaa\) is deployed\. :lock: RUN-3 by <@U1KIM> is on it in staging since <!date/,
      ),
      '*API* v1.4.0 (aaaaaaa) is deployed.',
    ]);
  });
});

describe('denying', () => {
  const view = denyView({ run: 'RUN-31', digest: 'd'.repeat(64) });

  it('gives the reason together with the plan that was looked at', () => {
    expect(parseDenyForm(submit(view, { reason: { value: 'not now' } }))).toEqual({
      ok: true,
      values: { run: 'RUN-31', digest: 'd'.repeat(64), reason: 'not now' },
    });
  });

  it('needs a reason', () => {
    expect(parseDenyForm(submit(view, {}))).toMatchObject({
      ok: false,
      errors: { reason: expect.any(String) },
    });
  });

  it('fits', () => expect(validateView(view)).toEqual([]));
});

describe('breaking the glass', () => {
  const view = breakGlassView({ run: 'RUN-31', digest: 'd'.repeat(64) });

  it('says what it means before it asks for the reason', () => {
    const text = JSON.stringify(view);
    expect(text).toContain('without the approvals it needs');
    expect(text).toContain('announced in the incident channel');
  });

  it('gives the reason together with the plan that was looked at', () => {
    expect(parseBreakGlassForm(submit(view, { reason: { value: 'shop is down' } }))).toEqual({
      ok: true,
      values: { run: 'RUN-31', digest: 'd'.repeat(64), reason: 'shop is down' },
    });
  });

  it('needs a reason', () => {
    expect(parseBreakGlassForm(submit(view, {}))).toMatchObject({
      ok: false,
      errors: { reason: expect.any(String) },
    });
  });

  it('fits', () => expect(validateView(view)).toEqual([]));
});

it.each([
  loadingView('Roll back'),
  loadingView(nasty(60)),
  outcomeView({ title: 'Deny', text: 'x'.repeat(9_000) }),
])('a view that only tells fits', (view) => {
  expect(validateView(view)).toEqual([]);
});
