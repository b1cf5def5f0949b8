import type { types } from '@slack/bolt';
import { type Block, LIMIT, section } from './block-kit.ts';

/** Keeps a message's blocks within Slack's number and total of characters: sections give way, from the last one up. */
export function fitBlocks(blocks: readonly Block[]): readonly Block[] {
  const kept = blocks.length <= LIMIT.blocksOfMessage ? blocks : dropSections(blocks);
  let excess = kept.reduce((sum, block) => sum + charactersOf(block), 0) - LIMIT.charactersOfBlocks;
  if (excess <= 0) return kept;
  return kept
    .toReversed()
    .flatMap((block) => {
      const text = sectionText(block);
      if (excess <= 0 || text === undefined) return [block];
      const room = text.length - excess;
      excess -= text.length;
      if (room < SHORTEST) return [];
      excess = 0;
      return [section(text, room)];
    })
    .toReversed();
}

const SHORTEST = 40;

function dropSections(blocks: readonly Block[]): readonly Block[] {
  let surplus = blocks.length - LIMIT.blocksOfMessage;
  return blocks
    .toReversed()
    .filter((block) => {
      if (surplus <= 0 || block.type !== 'section') return true;
      surplus -= 1;
      return false;
    })
    .toReversed();
}

const sectionText = (block: Block): string | undefined =>
  block.type === 'section' && block.text !== undefined ? block.text.text : undefined;

/** All text that a reader of the block could see. */
function charactersOf(block: Block): number {
  switch (block.type) {
    case 'section':
      return (block.text?.text.length ?? 0) + sum((block.fields ?? []).map(({ text }) => text.length));
    case 'header':
      return block.text.text.length;
    case 'context':
      return sum(block.elements.map((element) => (element.type === 'image' ? 0 : element.text.length)));
    case 'actions':
      return sum(block.elements.map(charactersOfElement));
    default:
      return 0;
  }
}

function charactersOfElement(element: types.ActionsBlockElement): number {
  if (element.type === 'button') {
    const { title, text, confirm, deny } = element.confirm ?? {};
    return sum([element.text, title, text, confirm, deny].map((part) => part?.text.length ?? 0));
  }
  return element.type === 'overflow' ? sum(element.options.map(({ text }) => text.text.length)) : 0;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
