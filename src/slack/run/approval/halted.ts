import type { types } from '@slack/bolt';
import { isHalted, type Run } from '../../../domain/run/run.ts';
import { button } from '../../kit/block-kit.ts';
import { encodeButton } from '../../kit/button-values.ts';
import { ACTION } from '../../kit/ids.ts';

/** The buttons of an approved run that stands still until a person says so; none where it doesn't. */
export function haltedButtons(run: Run): readonly types.Button[] {
  if (!isHalted(run) || run.cancel !== null) return [];
  const value = encodeButton({ run: run.id });
  return [
    button({ action: ACTION.tryAgain, text: 'Try again', value, style: 'primary' }),
    button({
      action: ACTION.cancelRun,
      text: 'Cancel rollback',
      value,
      confirm: {
        title: 'Cancel this rollback?',
        text: 'Nothing has begun, so nothing has to be undone.',
        yes: 'Cancel rollback',
        no: 'Keep it',
      },
    }),
  ];
}
