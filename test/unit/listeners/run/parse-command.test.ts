import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRollbackCommand } from '../../../../src/listeners/run/parse-command.ts';

describe('what is typed after /rollback', () => {
  it.each([
    ['', { kind: 'open' }],
    ['   ', { kind: 'open' }],
    ['shop', { kind: 'open', service: 'shop' }],
    ['shop v1.3.0', { kind: 'open', service: 'shop', target: 'v1.3.0' }],
    ['  shop   v1.3.0  ', { kind: 'open', service: 'shop', target: 'v1.3.0' }],
    ['help', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['list', { kind: 'list' }],
    ['status', { kind: 'status' }],
    ['status RUN-31', { kind: 'status', run: 'RUN-31' }],
    ['status run-31', { kind: 'status', run: 'RUN-31' }],
    ['status 31', { kind: 'status', run: 'RUN-31' }],
    ['plan shop', { kind: 'plan', service: 'shop' }],
    ['plan shop 3fa8c21', { kind: 'plan', service: 'shop', target: '3fa8c21' }],
    ['cancel 31', { kind: 'cancel', run: 'RUN-31', reason: null }],
    ['cancel 31 found another way', { kind: 'cancel', run: 'RUN-31', reason: 'found another way' }],
    [
      'unlock shop production the worker is lost',
      { kind: 'unlock', service: 'shop', environment: 'production', reason: 'the worker is lost' },
    ],
  ])('“%s”', (text, command) => {
    expect(parseRollbackCommand(text)).toEqual(command);
  });

  it.each(['plan', 'cancel', 'unlock', 'unlock shop', 'unlock shop production'])(
    '“%s” is told how it is used',
    (text) => {
      const command = parseRollbackCommand(text);
      expect(command).toMatchObject({
        kind: 'misused',
        usage: expect.stringContaining(`${text.split(' ')[0]} `),
      });
    },
  );

  it.each(['-f', '--output=/etc/passwd', '$(id)', '`id`'])(
    'takes “%s” for a name, and for nothing else',
    (text) => {
      expect(parseRollbackCommand(text)).toEqual({ kind: 'open', service: text });
    },
  );

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseRollbackCommand(text).kind).toMatch(/^[a-z]+$/);
      }),
    );
  });
});
