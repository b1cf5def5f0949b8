import { describe, expect, it } from 'vitest';
import { incidentHelpMessage } from '../../../../src/slack/incident/help-message.ts';
import { incidentListMessage, whichIncidentMessage } from '../../../../src/slack/incident/list.ts';
import { declareOffer, incidentFormOffer } from '../../../../src/slack/incident/open-form.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

it('help tells each command as it is typed', () => {
  const lines = [{ command: '@walkback incident list', does: 'the latest incidents' }];
  const help = incidentHelpMessage({ lines, mayRespond: true });
  expect(help.text).toContain('`@walkback incident list` the latest incidents');
  expect(validateMessage(help)).toEqual([]);
});

describe('the list of incidents', () => {
  it('tells each in a line: how it stands, what, who leads, since when', () => {
    const incident = anIncident({ commander: 'U0ADA' }).build();
    const text = textsOf(incidentListMessage([incident], { now: START, typed: '/incident' }).blocks).join();
    expect(text).toContain('*INC-12* P1 investigating · Checkout fails · led by <@U0ADA> · began 5 min ago');
  });

  it('says what to do when there is none', () => {
    expect(incidentListMessage([], { now: START, typed: '/incident' }).text).toContain('`/incident`');
  });

  it('asks which is meant of several, with an example', () => {
    const incidents = [anIncident({ id: 'INC-13' }).build(), anIncident().build()];
    const asked = whichIncidentMessage(incidents, { now: START, usage: '/incident resolve', said: '' });
    expect(asked.text).toContain('`/incident resolve INC-13`');
    expect(textsOf(asked.blocks).join()).toContain('*INC-12*');
  });

  it('fits with many', () => {
    const many = Array.from({ length: 60 }, () => anIncident({ title: nasty(150) }).build());
    expect(validateMessage(incidentListMessage(many, { now: START, typed: '/incident' }))).toEqual([]);
    expect(validateMessage(whichIncidentMessage(many, { now: START, usage: 'x', said: '' }))).toEqual([]);
  });
});

it('a form is offered by a button where none can be opened', () => {
  expect(validateMessage(declareOffer({ threadTs: '1.2' }))).toEqual([]);
  expect(validateMessage(incidentFormOffer('resolve', { incident: 'INC-12' }))).toEqual([]);
});
