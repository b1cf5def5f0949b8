import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSeen } from '../../../../src/slack/connection/message-text.ts';
import { ALERTS } from '../../../support/alert-messages.ts';

it.each(Object.entries(ALERTS))('%s', (_shape, { message, title, holds }) => {
  const read = readSeen(message);
  expect(read.title).toBe(title);
  for (const part of holds) expect(read.text).toContain(part);
  expect(read.text).not.toMatch(/&gt;|no preview|can't be displayed|Silence|Acknowledge|Buy!/);
});

it('nothing is said twice', () => {
  const { text } = readSeen(ALERTS['Grafana: a text that says what the attachment says']?.message);
  expect(text.match(/\[FIRING:1\] Latency/g)).toHaveLength(1);
});

it('what stands in a part that can’t be made out is missing, and never the rest', () => {
  const broken = {
    text: 7,
    blocks: 'x',
    attachments: [null, { title: 'Kept', fields: [3, null] }],
    files: [[]],
  };
  expect(readSeen(broken)).toEqual({ text: 'Kept', title: 'Kept' });
  expect(readSeen(undefined)).toEqual({ text: '', title: '' });
  fc.assert(
    fc.property(fc.jsonValue(), (anything) => {
      const blocks = [
        { type: 'rich_text', elements: anything },
        { type: 'section', text: anything, fields: anything },
      ];
      expect(() =>
        readSeen({ text: 'Said', blocks, attachments: [anything], files: anything }),
      ).not.toThrow();
    }),
  );
});
