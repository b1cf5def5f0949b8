import { type Modal, modal, section } from './block-kit.ts';
import { VIEW } from './ids.ts';

/** Opened at once, before anything is looked up; updated when it is. */
export const loadingView = (title: string): Modal =>
  modal({ callback: VIEW.telling, title, blocks: [section(':hourglass_flowing_sand: One moment…')] });

/** Tells what became of something; `text` is mrkdwn, with foreign text already escaped. */
export const outcomeView = ({ title, text }: { readonly title: string; readonly text: string }): Modal =>
  modal({ callback: VIEW.telling, title, blocks: [section(text)] });
