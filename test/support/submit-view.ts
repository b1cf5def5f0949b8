import type { Modal } from '../../src/slack/kit/block-kit.ts';

export type Answers = Readonly<
  Record<
    string,
    {
      readonly value?: string;
      readonly chosen?: string;
      readonly ticked?: readonly string[];
      /** null: emptied. */
      readonly user?: string | null;
      /** In seconds. */
      readonly instant?: number;
    }
  >
>;

/** `view` of the view_submission that Slack sends when a person fills in these blocks and leaves the others alone. */
export function submit(view: Modal, answers: Answers): unknown {
  const blocks = view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : []));
  const values = Object.fromEntries(
    blocks.map((block) => {
      const { value = null, chosen, ticked = [], user, instant } = answers[block] ?? {};
      return [
        block,
        {
          value: {
            value,
            selected_option: chosen === undefined ? null : { value: chosen },
            selected_options: ticked.map((item) => ({ value: item })),
            ...(user === undefined ? {} : { selected_user: user }),
            ...(instant === undefined ? {} : { selected_date_time: instant }),
          },
        },
      ];
    }),
  );
  return { private_metadata: view.private_metadata ?? '', state: { values } };
}
