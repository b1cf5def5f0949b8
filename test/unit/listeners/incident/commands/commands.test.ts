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
    ['reopen inc-7', 'INC-7'],
    ['show', 'There is no open incident. `/incident list` shows the latest.'],
    ['severity', 'There is no open incident.'],
    ['reopen', 'No incident was resolved within the last day.'],
  ])('“%s” is answered with “%s”', async (text, answer) => {
    expect(await saidTo(incident, text)).toContain(answer);
  });

  it('a word that is no sub-command leads to help, which names it', async () => {
    const text = await saidTo(incident, 'resolv 12');
    expect(text).toContain("I don't know `resolv`. I know:");
    expect(text).toContain('`/incident resolve [INC]`');
    expect(await saidTo(incident, 'help resolv')).not.toContain("I don't know");
  });

  it.each(['list', 'show 12', 'timeline 12', 'help', 'resolv 12'])('“%s” only tells', async (text) => {
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
        '`@walkback incident` declare an incident',
        '`@walkback incident list` the latest incidents',
        '`@walkback incident show [INC]` how one stands',
        '`@walkback incident timeline [INC]` everything that happened, in order',
        '`@walkback incident update [INC]` say how it stands',
        '`@walkback incident severity [INC]` make it more or less severe',
        '`@walkback incident resolve [INC]` end it, with a summary',
        '`@walkback incident reopen [INC]` take the end back, within a day',
        '`@walkback incident help` this list',
        '',
        'INC is an id such as INC-12 or just 12; without one, the only open incident is meant.',
      ].join('\\n'),
    );
  });
});
