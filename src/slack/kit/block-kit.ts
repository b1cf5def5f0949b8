import type { types } from '@slack/bolt';
import { harmless } from '../../words/sanitize.ts';
import type { FoldedButton } from './button-values.ts';
import { truncate, truncateMrkdwn } from './text.ts';

export type Block = types.KnownBlock;
/** A message as cards and notices make it: `text` for notifications and screen readers, `blocks` for the eye. */
export type Message = { readonly text: string; readonly blocks: readonly Block[] };
export type Modal = types.ModalView;

/** Slack's documented limits, enforced by the builders below and nowhere else. */
export const LIMIT = {
  /** chat.update refuses longer text. */
  text: 4_000,
  blocksOfMessage: 50,
  blocksOfModal: 100,
  /** All text of a message's blocks together. */
  charactersOfBlocks: 12_000,
  section: 3_000,
  field: 2_000,
  fields: 10,
  header: 150,
  contextElements: 10,
  buttonText: 75,
  actionsElements: 25,
  options: 100,
  optionText: 75,
  optionValue: 150,
  checkboxes: 10,
  overflow: 5,
  radioButtons: 10,
  inputLabel: 2_000,
  placeholder: 150,
  title: 24,
  metadata: 3_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

export const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: truncate(harmless(text), limit) || ' ',
  emoji: true,
});

const mrkdwn = (text: string, limit: number): types.MrkdwnElement => ({
  type: 'mrkdwn',
  text: truncateMrkdwn(text, limit) || ' ',
});

export const header = (text: string): Block => ({
  type: 'header',
  text: plain(text.replace(/\s+/g, ' '), LIMIT.header),
});

/** A paragraph of mrkdwn; foreign text in it must have gone through escapeText. */
export const section = (text: string, limit: number = LIMIT.section): Block => ({
  type: 'section',
  text: mrkdwn(text, limit),
});

/** Short facts in two columns, as [name, mrkdwn]. */
export const facts = (pairs: readonly (readonly [name: string, value: string])[]): Block => ({
  type: 'section',
  fields: pairs.slice(0, LIMIT.fields).map(([name, value]) => mrkdwn(`*${name}*\n${value}`, LIMIT.field)),
});

export const context = (...texts: readonly string[]): Block => ({
  type: 'context',
  elements: texts.slice(0, LIMIT.contextElements).map((text) => mrkdwn(text, LIMIT.field)),
});

export const actions = (...elements: readonly (types.Button | types.Overflow)[]): Block => ({
  type: 'actions',
  elements: elements.slice(0, LIMIT.actionsElements),
});

/** How a button looks, and what it asks once more before it counts. */
export type ButtonLook = {
  readonly text: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: {
    readonly title: string;
    readonly text: string;
    readonly yes: string;
    readonly no: string;
  };
};

export const button = ({
  action,
  value,
  text,
  style,
  confirm,
}: ButtonLook & { readonly action: string; readonly value: string }): types.Button => ({
  type: 'button',
  action_id: action,
  text: plain(text, LIMIT.buttonText),
  value,
  ...(style === undefined ? {} : { style }),
  ...(confirm === undefined
    ? {}
    : {
        confirm: {
          title: plain(confirm.title, LIMIT.confirmTitle),
          text: plain(confirm.text, LIMIT.confirmText),
          confirm: plain(confirm.yes, LIMIT.confirmButton),
          deny: plain(confirm.no, LIMIT.confirmButton),
          ...(style === undefined ? {} : { style }),
        },
      }),
});

/**
 * Buttons folded away behind "…", each pressed as what it is (see listeners/door/router.ts). At most five, none of which
 * asks whether one is sure.
 */
export function folded(action: string, buttons: readonly types.Button[]): types.Overflow {
  if (buttons.length > LIMIT.overflow) throw new Error(`${buttons.length} buttons don't fit behind one`);
  return {
    type: 'overflow',
    action_id: action,
    options: buttons.map(({ text, action_id, value }) => ({
      text: plain(text.text, LIMIT.optionText),
      value: foldedValue({ action: action_id ?? '', value: value ?? '' }),
    })),
  };
}

function foldedValue(button: FoldedButton): string {
  const text = JSON.stringify(button);
  if (text.length > LIMIT.optionValue) throw new Error(`a folded button of ${text.length} characters`);
  return text;
}

/** A modal. `metadata` is JSON text. */
export const modal = (parts: {
  readonly callback: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly submit?: string;
  readonly close?: string;
  readonly metadata?: string;
}): Modal => ({
  type: 'modal',
  callback_id: parts.callback,
  title: plain(parts.title, LIMIT.title),
  close: plain(parts.close ?? 'Close', LIMIT.title),
  ...(parts.submit === undefined ? {} : { submit: plain(parts.submit, LIMIT.title) }),
  ...(parts.metadata === undefined ? {} : { private_metadata: parts.metadata }),
  blocks: parts.blocks.slice(0, LIMIT.blocksOfModal),
});
