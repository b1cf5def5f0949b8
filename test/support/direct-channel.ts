import { z } from 'zod';
import { demoApp } from '../../src/demo/slack-workspace.ts';
import type { World } from './world.ts';

/** The channel between the bot and a person, as Slack says. */
export async function directChannel({ slack }: World, users: string): Promise<string> {
  const answer = await fetch(`${slack.apiUrl}conversations.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demoApp.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ users }),
  });
  return Opened.parse(await answer.json()).channel.id;
}

const Opened = z.object({ channel: z.object({ id: z.string() }) });
