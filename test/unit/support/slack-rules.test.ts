import { describe, expect, it } from 'vitest';
import { button, section } from '../../../src/slack/kit/block-kit.ts';
import { validateMessage, validateView } from '../../support/slack-rules.ts';

const press = (action: string) => button({ action, text: 'Go', value: '{}' });

describe('the strict Slack refuses', () => {
  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => section('x'))],
    [
      'a section of 3,001 characters',
      [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }],
    ],
    ['12,001 characters in all', Array.from({ length: 5 }, () => section('x'.repeat(2_900)))],
    ['a block Slack may not know', [{ type: 'task_card' }]],
    ['an empty row of buttons', [{ type: 'actions', elements: [] }]],
    ['two buttons of one id', [{ type: 'actions', elements: [press('a'), press('a')] }]],
    ['a ping of everybody', [section('hello <!channel>')]],
    ['an open code block', [section('```\nnever closed')]],
  ])('%s', (_name, blocks) => {
    expect(validateMessage({ text: 'x', blocks })).not.toEqual([]);
  });

  it('a message without text, and one with more than an edit may have', () => {
    expect(validateMessage({ text: '', blocks: [] })).not.toEqual([]);
    expect(validateMessage({ text: 'x'.repeat(4_001), blocks: [] })).not.toEqual([]);
  });

  it('a modal with a long title, and one that asks without a way to answer', () => {
    const view = { type: 'modal', callback_id: 'x', title: { type: 'plain_text', text: 'x'.repeat(25) } };
    expect(validateView({ ...view, blocks: [section('x')] })).not.toEqual([]);
    const input = {
      type: 'input',
      block_id: 'a',
      label: { type: 'plain_text', text: 'a' },
      optional: false,
      element: { type: 'plain_text_input', action_id: 'value', multiline: false, max_length: 10 },
    };
    expect(validateView({ ...view, title: { type: 'plain_text', text: 'x' }, blocks: [input] })).not.toEqual(
      [],
    );
  });
});
