import { describe, expect, it } from 'vitest';
import { loadingView, outcomeView } from '../../../../../src/slack/kit/telling-views.ts';
import { breakGlassView, parseBreakGlassForm } from '../../../../../src/slack/run/forms/break-glass.ts';
import { denyView, parseDenyForm } from '../../../../../src/slack/run/forms/deny.ts';
import { parseServiceForm, serviceView } from '../../../../../src/slack/run/forms/service.ts';
import { nasty } from '../../../../support/nasty-text.ts';
import { validateView } from '../../../../support/slack-rules.ts';
import { submit } from '../../../../support/submit-view.ts';

describe('choosing a service', () => {
  const services = [
    { name: 'web-shop', title: 'Web shop' },
    { name: 'api', title: 'api' },
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
    const many = Array.from({ length: count }, (_, index) => ({ name: `s${index}`, title: nasty(75) }));
    expect(validateView(serviceView({ services: many, origin: { channel: 'C1' } }))).toEqual([]);
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
