import { describe, expect, it } from 'vitest';
import { parseMention } from '../../../../src/listeners/door/parse-mention.ts';

describe('a mention of the bot', () => {
  it.each([
    ['<@U0BOT> rollback', ''],
    ['<@U0BOT> rollback shop v1.3.0', 'shop v1.3.0'],
    ['<@U0BOT|walkback>   Rollback   status 31', 'status 31'],
    ['<@U0BOT> /rollback list', 'list'],
    ['rollback list', 'list'],
    ['<@U0BOT>', 'help'],
    ['<@U0BOT> help', 'help'],
    ['<@U0BOT> rollback cancel 31 first line\nsecond line', 'cancel 31 first line\nsecond line'],
  ])('“%s” is the command “%s” about rollbacks', (text, command) => {
    expect(parseMention(text)).toEqual({ about: 'rollback', text: command });
  });

  it.each([
    ['<@U0BOT> incident', ''],
    ['<@U0BOT> Incident show 12', 'show 12'],
    ['<@U0BOT> /incident list', 'list'],
  ])('“%s” is the command “%s” about incidents', (text, command) => {
    expect(parseMention(text)).toEqual({ about: 'incident', text: command });
  });

  it('keeps the people who are named in a reason', () => {
    expect(parseMention('<@U0BOT> rollback cancel 31 <@U0ADA> found another way')?.text).toBe(
      'cancel 31 <@U0ADA> found another way',
    );
  });

  it.each(['<@U0BOT> thanks!', '<@U0BOT> rollbacks are fun', 'please help', '<@U0BOT> incidents happen'])(
    '“%s” is no command',
    (text) => {
      expect(parseMention(text)).toBeUndefined();
    },
  );
});
