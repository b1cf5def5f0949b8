import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSubCommand } from '../../../../../src/listeners/door/answer-text.ts';
import { ANY_OTHER_WORD } from '../../../../../src/listeners/door/sub-command.ts';
import { incident } from '../../../../../src/listeners/incident/commands/commands.ts';
import { askCommand, saidTo } from '../../../../support/ask-command.ts';

describe('what is typed after /incident', () => {
  it.each([
    ['', 'Press the button to declare it'],
    ['  Declare ', 'Press the button to declare it'],
    ['list', 'No incidents yet'],
    ['show 12', 'INC-12'],
    ['timeline inc-12', 'INC-12'],
    ['UPDATE INC-12', 'INC-12'],
    ['severity 7', 'INC-7'],
    ['resolve 7', 'INC-7'],
    ['roles 7', 'INC-7'],
    ['reopen inc-7', 'INC-7'],
    ['show', 'There is no open incident. `/incident list` shows the latest.'],
    ['severity', 'There is no open incident.'],
    ['reopen', 'No incident was resolved within the last day.'],
  ])('“%s” is answered with “%s”', async (text, answer) => {
    expect(await saidTo(incident, text)).toContain(answer);
  });

  it.each([
    ['checkout is broken', 'checkout is broken'],
    ['declare checkout is broken', 'checkout is broken'],
    ['shop is down', 'shop is down'],
    ['lost connections', 'lost connections'],
    ['load > 90 & rising', 'load > 90 & rising'],
    ['need help', 'need help'],
    ['fire', 'fire'],
  ])('“%s” declares “%s”', async (text, title) => {
    const { answer } = await askCommand(incident, text);
    expect(answer.kind).toBe('form');
    expect(JSON.stringify(answer)).toContain(JSON.stringify(JSON.stringify({ title })).slice(1, -1));
  });

  it('what is nearly a sub-command suggests that, and offers to declare it all the same', async () => {
    const text = await saidTo(incident, 'resolv 12');
    expect(text).toContain("I don't know `resolv`. Did you mean `/incident resolve 12`?");
    expect(text).toContain('Declare an incident');
    expect(await saidTo(incident, 'lst')).toContain('`/incident list`');
    expect((await askCommand(incident, 'lst')).answer.kind).toBe('message');
  });

  it('words that may be either declare, and say what else could have been meant', async () => {
    const { answer } = await askCommand(incident, 'updat looking into it');
    expect(answer.kind).toBe('form');
    expect(JSON.stringify(answer)).toContain(
      'If you meant `/incident update looking into it`, type that instead.',
    );
  });

  it('whoever may not declare is told so before any form', async () => {
    for (const text of ['', 'declare', 'checkout is broken'])
      expect(await saidTo(incident, text, { roles: [] })).toContain('That needs the role `responder`');
  });

  it.each(['list all of them', 'show 12 all of them', 'timeline 12 all of them'])(
    '“%s” says what it ignored',
    async (text) => {
      expect(await saidTo(incident, text)).toContain('I took no notice of `all of them`.');
    },
  );

  it.each(['--help', '?', '-h', 'show --help', 'update help', 'checkout is broken --help'])(
    '“%s” is help',
    async (text) => {
      expect(await saidTo(incident, text)).toContain('this list');
    },
  );

  it.each(['list', 'show 12', 'timeline 12', 'help'])('“%s” only tells', async (text) => {
    expect((await askCommand(incident, text)).by).toBe('answer');
  });

  it.each(['', 'update 12', 'severity 12', 'resolve 12', 'reopen 12'])(
    '“%s” goes by the files as they are',
    async (text) => {
      expect((await askCommand(incident, text)).by).toBe('handle');
    },
  );

  it('always means one sub-command, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(incident.commands.includes(findSubCommand(incident.commands, text).command)).toBe(true);
      }),
    );
  });

  it('no word means two sub-commands, and one is there for any other', () => {
    const words = incident.commands.flatMap((command) => command.words);
    expect(new Set(words).size).toBe(words.length);
    expect(incident.commands.filter((command) => command.words === ANY_OTHER_WORD)).toHaveLength(1);
  });
});

describe('help', () => {
  it('names only what this person may do', async () => {
    const text = await saidTo(incident, 'help', { roles: [] });
    expect(text).not.toContain('resolve');
    expect(text).toContain('`/incident list`');
    expect(text).toContain('Your roles don’t let you declare incidents');
  });

  it('names everything to somebody who may do everything, in order, as it works where it was asked', async () => {
    const text = await saidTo(incident, 'help', { typed: '@walkback incident' });
    expect(text).toContain(
      [
        '`@walkback incident [TITLE]` declare an incident',
        '`@walkback incident list` the latest incidents',
        '`@walkback incident show [INC]` how one stands',
        '`@walkback incident timeline [INC]` everything that happened, in order',
        '`@walkback incident update [INC] [TEXT]` say how it stands',
        '`@walkback incident severity [INC] [SEVERITY REASON]` make it more or less severe',
        '`@walkback incident roles [INC] [ROLE]` who leads, writes and keeps notes; take a role, or give it',
        '`@walkback incident resolve [INC] [SUMMARY]` end it, with a summary',
        '`@walkback incident reopen [INC] [REASON]` take the end back, within a day',
        '`@walkback incident merge [INC] into INC` say that it is the same as another, in which it goes on',
        '`@walkback incident help` this list',
        '',
        'INC is an id such as INC-12 or just 12; without one, the incident of the thread is meant, or the only open one. With a text it is done at once; without one, a form opens.',
      ].join('\\n'),
    );
  });
});
