import { expect, it } from 'vitest';
import { timelineMessage } from '../../../../src/slack/timeline/message.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aRun } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const MINUTE = 60_000;
const read = (message: { readonly blocks: unknown }): string => textsOf(message.blocks).join('\n');

it('tells when in UTC and in the reader’s time, who, and what', () => {
  const story = anIncident().after(MINUTE).acknowledgedBy('U0ONCALL');
  const text = read(timelineMessage('INC-12', story.events()));
  expect(text).toContain('`03:00:00 UTC` <!date^1767582000^');
  expect(text).toContain('<@U0RESPONDER>: declared P1: “Checkout fails”');
  expect(text).toMatch(/`03:01:00 UTC`.*<@U0ONCALL>: acknowledged/);
});

it('has words for what people, timers and rollbacks do', () => {
  const incident = anIncident({ severity: 'P0' })
    .lived(21 * MINUTE)
    .rollbackHeld('a fix is near', 'U0ADA')
    .severityChanged('P2')
    .happened({
      type: 'timeline.noted',
      payload: {
        text: 'disk is full',
        by: 'U0KIM',
        permalink: 'https://example.slack.com/p1',
        message: { channel: 'C1', ts: '1.1' },
      },
    })
    .happened({ type: 'press.refused', payload: { press: 'go-now', refusal: 'not-permitted' } }, 'U0KIM')
    .resolvedBy('U0ADA');
  const run = aRun().started().didSteps(['rollback']).failed('deploy', 'no space');
  const text = read(timelineMessage('INC-12', [...incident.events(), ...run.events()]));
  for (const words of [
    'nobody acknowledged in time',
    'escalated to team-lead',
    '<@U0ADA>: held the automatic rollback: “a fix is near”',
    'severity P0 → P2',
    ':pushpin: <@U0KIM>: “disk is full” <https://example.slack.com/p1|message>',
    '<@U0KIM>: was refused: rolling back (not permitted)',
    'resolved: ',
    '*RUN-31* asked to take',
    '*RUN-31* approved as approver',
    '*RUN-31* step “Roll the branch back” began',
    '*RUN-31* failed at “Deploy it”: “no space”',
  ])
    expect(text).toContain(words);
});

it('keeps the newest where there is no room for all, and says so', () => {
  const story = anIncident({ title: nasty(150) });
  for (let index = 0; index < 300; index += 1) story.updated({ done: `${index} ${nasty(900)}` });
  story.resolvedBy('U0ADA');
  const message = timelineMessage('INC-12', story.events());
  expect(validateMessage(message)).toEqual([]);
  expect(read(message)).toContain('resolved: ');
  expect(read(message)).toMatch(/\d+ earlier events don't fit/);
});
