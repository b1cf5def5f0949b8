import { describe, expect, it } from 'vitest';
import { parseMention } from '../../../../src/listeners/door/parse-mention.ts';

const ROLLBACK = { name: 'rollback' };
const INCIDENT = { name: 'incident' };
const mentioned = (text: string) => parseMention(text, [ROLLBACK, INCIDENT], 'U0BOT');

describe('a mention of the bot', () => {
  it.each([
    ['<@U0BOT> rollback', ''],
    ['<@U0BOT> rollback shop v1.3.0', 'shop v1.3.0'],
    ['<@U0BOT|walkback>   Rollback   status 31', 'status 31'],
    ['<@U0BOT> /rollback list', 'list'],
    ['rollback list', 'list'],
    ['<@U0BOT>', 'help'],
    ['<@U0BOT> help', 'help'],
    ['<@U0BOT> --help', 'help'],
    ['<@U0BOT>: ?', 'help'],
    ['<@U0BOT>: rollback list', 'list'],
    ['<@U0BOT>, rollback: list', 'list'],
    ['hey <@U0BOT> rollback list', 'list'],
    ['<@U0ADA> <@U0BOT> rollback list', 'list'],
    ['<@U0BOT> <@U0ADA> rollback list', 'list'],
    ['rollback list <@U0BOT>', 'list'],
    ['`rollback list` <@U0BOT>', 'list'],
    ['<@U0BOT> *rollback list*', 'list'],
    ['<@U0BOT> rollback cancel 31 first line\nsecond line', 'cancel 31 first line\nsecond line'],
  ])('“%s” is the command “%s” about rollbacks', (text, command) => {
    expect(mentioned(text)).toEqual({ about: ROLLBACK, text: command });
  });

  it.each([
    ['<@U0BOT> incident', ''],
    ['<@U0BOT> Incident show 12', 'show 12'],
    ['<@U0BOT> /incident list', 'list'],
  ])('“%s” is the command “%s” about incidents', (text, command) => {
    expect(mentioned(text)).toEqual({ about: INCIDENT, text: command });
  });

  it('keeps the people who are named in a reason', () => {
    expect(mentioned('<@U0BOT> rollback cancel 31 <@U0ADA> found another way')?.text).toBe(
      'cancel 31 @U0ADA found another way',
    );
    expect(mentioned('<@U0BOT> incident load &gt; 90 &amp; rising')?.text).toBe('load > 90 & rising');
  });

  it('knows the commands that there are and no others', () => {
    const drill = { name: 'drill' };
    expect(parseMention('<@U0BOT> drill list', [drill])).toEqual({ about: drill, text: 'list' });
    expect(parseMention('<@U0BOT> rollback list', [drill])).toBeUndefined();
  });

  it.each(['<@U0BOT> thanks!', '<@U0BOT> rollbacks are fun', 'please help', '<@U0BOT> incidents happen'])(
    '“%s” is no command',
    (text) => {
      expect(mentioned(text)).toBeUndefined();
    },
  );
});
