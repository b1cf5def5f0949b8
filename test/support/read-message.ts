import type { Message } from '../../src/slack/kit/block-kit.ts';
import { FoldedButton, parseButton } from '../../src/slack/kit/button-values.ts';

/** The buttons of a message, in order. */
export const actionsOf = (message: Message) =>
  message.blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) => (element.type === 'button' ? [element] : []));

/** Everything that can be pressed on a message, what is folded away as well: what it says, its action, what it carries. */
export const pressesOf = (message: Message) =>
  message.blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) => {
      if (element.type === 'button')
        return [{ text: element.text.text, action: element.action_id ?? '', value: element.value ?? '' }];
      if (element.type !== 'overflow') return [];
      return element.options.flatMap(({ text, value }) => {
        const folded = parseButton(FoldedButton, value);
        return folded === undefined ? [] : [{ text: text.text, ...folded }];
      });
    });

/** How many things there are to look at and press. */
export const elementsOf = (message: Message): number =>
  message.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])).length;
