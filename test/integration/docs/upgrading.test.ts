import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What version 0.1.0 asked for. */
const FIRST = {
  scopes: [
    ...['app_mentions:read', 'channels:history', 'groups:history', 'channels:read', 'groups:read'],
    ...['chat:write', 'commands', 'files:read', 'files:write', 'users:read'],
  ],
  events: ['app_mention'],
  commands: ['/rollback'],
};

const manifest = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(parse(readFileSync('manifest.yml', 'utf8')));

/** The cells of the table, from the row of one version to the last. */
const told = readFileSync('docs/upgrading.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .join('\n');

describe('whoever upgrades from the first version is told of everything new in the manifest', () => {
  it.each([
    ['scope', manifest.oauth_config.scopes.bot, FIRST.scopes],
    ['event', manifest.settings.event_subscriptions.bot_events, FIRST.events],
    ['command', manifest.features.slash_commands.map(({ command }) => command), FIRST.commands],
  ])('each new %s', (_, now, before) => {
    const added = now.filter((name) => !before.includes(name));
    expect(added.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
    expect(added.length).toBeGreaterThan(0);
  });
});
