import { describe, expect, it } from 'vitest';
import { plain, withPlainArguments } from '../../../../src/slack/delivery/plain-markup.ts';
import { codeBlock, slackDate } from '../../../../src/slack/kit/text.ts';

const at = '2026-01-05T03:30:00.000Z';

describe('what a Slack that draws neither dates nor code is told', () => {
  it('has dates as UTC, the time alone where no more was asked for, and code without fences', () => {
    const said = { blocks: [{ text: `due ${slackDate(at)}\n${codeBlock('npm "test"', 100)}` }] };
    expect(plain(said).blocks[0]?.text).toBe('due 2026-01-05 03:30 UTC\nnpm "test"\n');
    expect(plain({ text: 'at <!date^1767583800^{time}|2026-01-05 03:30 UTC>' })).toEqual({
      text: 'at 03:30 UTC',
    });
  });

  it('goes for all that a client says, which keeps its own state', async () => {
    const client = {
      sent: 0,
      views: {
        open: async (view: { readonly text: string }) => {
          client.sent += 1;
          return view.text;
        },
      },
    };
    const plainly = withPlainArguments(client);
    expect(await plainly.views.open({ text: slackDate(at) })).toBe('2026-01-05 03:30 UTC');
    expect(plainly.sent).toBe(1);
  });
});
