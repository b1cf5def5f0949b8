import type { Message } from '../../src/slack/kit/block-kit.ts';

/** The buttons of a message, in order. */
export const actionsOf = (message: Message) =>
  message.blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) => (element.type === 'button' ? [element] : []));
