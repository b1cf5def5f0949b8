import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSubCommand } from '../../../../../src/listeners/door/answer-text.ts';
import { ANY_OTHER_WORD } from '../../../../../src/listeners/door/sub-command.ts';
import { rollback } from '../../../../../src/listeners/run/commands/commands.ts';
import { askCommand, saidTo } from '../../../../support/ask-command.ts';

/** What the button that offers the form carries. */
async function prefill(text: string, place = { channel: 'C1' }): Promise<unknown> {
  const offer = await saidTo(rollback, text, { place });
  const value = /"value":"((?:\\.|[^"\\])*)"/.exec(offer)?.[1] ?? '';
  return JSON.parse(JSON.parse(`"${value}"`));
}

describe('what is typed after /rollback', () => {
  it.each([
    ['', {}],
    ['   ', {}],
    ['web-shop', { service: 'web-shop' }],
    ['web-shop v1.3.0', { service: 'web-shop', target: 'v1.3.0' }],
    ['  web-shop   v1.3.0  ', { service: 'web-shop', target: 'v1.3.0' }],
    [
      'web-shop v1.3.0 it fails <here> & there',
      { service: 'web-shop', target: 'v1.3.0', reason: 'it fails <here> & there' },
    ],
    ['WEB-SHOP', { service: 'web-shop' }],
    ['web-shop back to v1.3.0', { service: 'web-shop', target: 'v1.3.0' }],
    ['web-shop to v1.3.0 it fails', { service: 'web-shop', target: 'v1.3.0', reason: 'it fails' }],
    ['web-shop it fails for 9 of 10', { service: 'web-shop', reason: 'it fails for 9 of 10' }],
    ['Search', { service: 'search' }],
  ])('“%s” is the form, filled in with %o', async (text, filledIn) => {
    expect(await prefill(text)).toEqual(filledIn);
  });

  it.each(['-f', '--output=/etc/passwd', '$(id)', '`id`', 'constructor', '__proto__'])(
    '“%s” is no service, and nothing is opened for it',
    async (text) => {
      const { answer } = await askCommand(rollback, text);
      expect(answer.kind).toBe('message');
      expect(JSON.stringify(answer)).toContain("I don't know a service");
    },
  );

  it('a service that is nearly one is suggested, with a button for its form; a command too', async () => {
    expect(await saidTo(rollback, 'web-shp v1.3.0')).toContain('Did you mean `web-shop`?');
    expect(await prefill('web-shp v1.3.0')).toEqual({ service: 'web-shop', target: 'v1.3.0' });
    expect(await saidTo(rollback, 'lsit')).toContain('Did you mean `/rollback list`?');
    expect(await saidTo(rollback, 'cancle 31')).toContain('`/rollback cancel`');
    expect(await saidTo(rollback, 'sttaus', { typed: '@walkback rollback' })).toContain(
      '`@walkback rollback status`',
    );
  });

  it('whoever may not ask for rollbacks is told so before any form', async () => {
    for (const text of ['', 'web-shop'])
      expect(await saidTo(rollback, text, { roles: [] })).toContain('That needs the role `responder`');
  });

  it('in a thread the form knows it', async () => {
    const place = { channel: 'C1', threadTs: '1.2' };
    expect(await prefill('web-shop', place)).toEqual({ service: 'web-shop', threadTs: '1.2' });
  });

  it.each([
    ['status RUN-31', 'RUN-31'],
    ['status run-31', 'RUN-31'],
    ['Status 31', 'RUN-31'],
    ['cancel 31', 'RUN-31'],
    ['cancel run-31 found another way', 'RUN-31'],
    ['plan nowhere 3fa8c21', 'nowhere'],
    ['list', 'No rollbacks yet'],
    ['status', 'No rollbacks yet'],
    ['HELP', 'this list'],
    ['--help', 'this list'],
    ['—help', 'this list'],
    ['-h', 'this list'],
    ['?', 'this list'],
    ['cancel --help', 'this list'],
    ['shop v1.3.0 -h', 'this list'],
    ['unlock help', 'this list'],
    ['PLAN Nowhere', "I don't know a service `Nowhere`"],
    ['plan', '`/rollback plan web-shop`'],
    ['cancel', 'There is nothing that you could cancel now.'],
    ['unlock shop production because', 'That needs the role `admin`'],
    ['unlock', 'That needs the role `admin`'],
  ])('“%s” is answered about %s', async (text, about) => {
    expect(await saidTo(rollback, text)).toContain(about);
  });

  it('what follows is told to whoever says too little', async () => {
    const told = (text: string, typed = '/rollback') => saidTo(rollback, text, { typed, roles: ['admin'] });
    for (const little of ['unlock', 'unlock shop', 'unlock shop production'])
      expect(await told(little)).toContain('`/rollback unlock SERVICE ENVIRONMENT REASON`');
    expect(await told('unlock', '@walkback rollback')).toContain('`@walkback rollback unlock SERVICE');
    expect(await told('unlock shop production the worker is lost')).not.toContain('a little more');
  });

  it.each([
    ['list of all', 'of all'],
    ['status 31 please', 'please'],
    ['plan shop v1.3.0 now', 'now'],
  ])('“%s” is answered, and that “%s” was ignored is said', async (text, ignored) => {
    expect(await saidTo(rollback, text)).toContain(`I took no notice of \`${ignored}\`.`);
  });

  it.each(['list', 'status 31', 'help'])('“%s” only tells', async (text) => {
    expect((await askCommand(rollback, text)).by).toBe('answer');
  });

  it.each(['', 'shop', 'plan shop', 'cancel 31', 'unlock a b c'])(
    '“%s” goes by the files as they are',
    async (text) => {
      expect((await askCommand(rollback, text)).by).toBe('handle');
    },
  );

  it('always means one sub-command, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(rollback.commands.includes(findSubCommand(rollback.commands, text).command)).toBe(true);
      }),
    );
  });

  it('no word means two sub-commands, and one is there for any other', () => {
    const words = rollback.commands.flatMap((command) => command.words);
    expect(new Set(words).size).toBe(words.length);
    expect(rollback.commands.filter((command) => command.words === ANY_OTHER_WORD)).toHaveLength(1);
  });
});

describe('help', () => {
  it('names only what this person may do', async () => {
    const text = await saidTo(rollback, 'help', { roles: [] });
    expect(text).toContain('`/rollback list`');
    expect(text).toContain('`/rollback plan SERVICE [TARGET]`');
    expect(text).not.toContain('unlock');
    expect(text).not.toContain('cancel');
    expect(text).not.toContain('You may approve');
  });

  it('names commands as they work where it was asked', async () => {
    const text = await saidTo(rollback, 'help', { typed: '@walkback rollback' });
    expect(text).toContain('`@walkback rollback list`');
    expect(text).not.toContain('/rollback');
  });

  it('names everything to somebody who may do everything, in order', async () => {
    const text = await saidTo(rollback, 'help', { roles: ['responder', 'admin', 'approver'] });
    expect(text).toContain(
      [
        '`/rollback` ask for a rollback',
        '`/rollback SERVICE [TARGET [REASON]]` the same, filled in',
        '`/rollback plan SERVICE [TARGET]` see what would happen; starts nothing',
        '`/rollback list` the latest rollbacks',
        '`/rollback status [RUN]` how a rollback stands',
        '`/rollback cancel RUN` stop a rollback',
        '`/rollback unlock SERVICE ENVIRONMENT REASON` end whatever holds it',
        '`/rollback help` this list',
        '',
        'You may approve and deny requests.',
        'You may decide about failed steps.',
      ].join('\\n'),
    );
  });
});
