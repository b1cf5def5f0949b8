import type { StrictSlack } from '../strict-slack.ts';

type Message = ReturnType<StrictSlack['messages']>[number];

/** Something that was posted, or edited. */
export type Said = {
  /** ms */
  readonly at: number;
  readonly kind: 'posted' | 'edited';
  readonly message: Message;
};

/** Returns a function that tells what is new in Slack since it was last called. */
export function listenTo(slack: StrictSlack, tell: (news: Omit<Said, 'at'>) => void): () => void {
  const known = new Map<string, string>();
  return () => {
    for (const message of slack.messages()) {
      const shown = JSON.stringify([message.text, message.blocks]);
      const before = known.get(message.ts);
      known.set(message.ts, shown);
      if (before === undefined) tell({ kind: 'posted', message });
      else if (before !== shown) tell({ kind: 'edited', message });
    }
  };
}
