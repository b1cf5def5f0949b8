import { z } from 'zod';
import type { Modal } from '../../src/slack/kit/block-kit.ts';

const Option = z.object({
  value: z.string(),
  text: z.object({ text: z.string() }),
  description: z.object({ text: z.string() }).optional(),
});

const SelectBlock = z.object({
  block_id: z.string(),
  element: z.object({
    type: z.literal('static_select'),
    options: z.array(Option),
    initial_option: Option.optional(),
  }),
});

/** The select of a modal's block, or undefined where the modal has none there. */
export const selectOf = (view: Modal, block: string) =>
  view.blocks
    .flatMap((candidate) => SelectBlock.safeParse(candidate).data ?? [])
    .find(({ block_id }) => block_id === block)?.element;
