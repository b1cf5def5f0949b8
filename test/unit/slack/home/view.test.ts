import { describe, expect, it } from 'vitest';
import { rightsOf } from '../../../../src/slack/home/rights-text.ts';
import { type Home, homeNotice, homeView } from '../../../../src/slack/home/view.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { incidentTeam } from '../../../support/incident-team.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateHome } from '../../../support/slack-rules.ts';

const nothing: Home = {
  ...{ approvals: [], incidents: [], running: [], now: START },
  rights: rightsOf({ id: 'U0KIM', roles: [] }, incidentTeam),
};
const read = (home: Home): string => textsOf(homeView(home)).join('\n');
const link = 'https://example.slack.com/archives/C1/p1';

describe('App Home', () => {
  it('says that nothing is going on where nothing is', () => {
    expect(read(nothing)).toContain('Nothing waits for you.');
    expect(read(nothing)).toContain('No incident is open.');
    expect(read(nothing)).toContain('You have no role.');
    expect(validateHome(homeView(nothing))).toEqual([]);
  });

  it('shows what waits for a person, with the way there', () => {
    const text = read({ ...nothing, approvals: [{ shown: aRun().build(), link }] });
    expect(text).toContain('*RUN-31*');
    expect(text).toContain('asked by <@U0REQUESTER>: a quarter of requests fail');
    expect(text).toContain('0 of 1 approvals');
    expect(text).toContain(`<${link}|Open>`);
  });

  it('shows incidents and the progress of rollbacks', () => {
    const run = aRun().started().didSteps(['rollback']).build();
    const text = read({
      ...nothing,
      incidents: [{ shown: anIncident({ commander: 'U0ADA' }).build(), link: '' }],
      running: [{ shown: run, link: '' }],
    });
    expect(text).toMatch(/\*INC-12\* P1 investigating · Checkout fails · led by <@U0ADA> · .*update due/);
    expect(text).toMatch(/\*RUN-31\*.*\*1\/\d+\*/);
  });

  it('says what a person may do, and what nobody can tell just now', () => {
    const person = { id: 'U1', roles: ['responder', 'admin'], unsure: ['executive'] };
    const text = read({ ...nothing, rights: rightsOf(person, incidentTeam) });
    expect(text).toContain('declare incidents');
    expect(text).toContain('approve and deny rollbacks of P0');
    expect(text).toContain('break the glass');
    expect(text).toMatch(/can't be asked just now.*`executive`/);
  });

  it('fits with more than it has room for, and says how many more', () => {
    const shown = anIncident({ title: nasty(150) }).build();
    const run = aRun({ reason: nasty(900) }).build();
    const started = aRun({ reason: nasty(900) })
      .started()
      .build();
    const home: Home = {
      ...nothing,
      approvals: Array.from({ length: 60 }, () => ({ shown: run, link })),
      incidents: Array.from({ length: 60 }, () => ({ shown, link })),
      running: Array.from({ length: 60 }, () => ({ shown: started, link })),
    };
    expect(validateHome(homeView(home))).toEqual([]);
    expect(read(home)).toContain('…and 50 more');
    expect(validateHome(homeNotice('x'.repeat(9_000)))).toEqual([]);
  });
});
