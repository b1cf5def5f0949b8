import { expect, it } from 'vitest';
import {
  ApprovalButton,
  encodeButton,
  parseButton,
  StepButton,
} from '../../../../src/slack/kit/button-values.ts';

it('gives back what a button was made with', () => {
  const value = { run: 'RUN-31', step: 'deploy', attempt: 2 };
  expect(parseButton(StepButton, encodeButton(value))).toEqual(value);
});

it.each([undefined, '', 'no json', '{"run":"RUN-31"}', '[]', '{"run":"RUN-31","digest":"d","more":1}'])(
  'takes %s for no button of ours',
  (text) => {
    expect(parseButton(ApprovalButton, text)).toBeUndefined();
  },
);

it('refuses to make a button that Slack would refuse', () => {
  expect(() => encodeButton({ run: 'R'.repeat(2_100) })).toThrow('2110 characters');
});
