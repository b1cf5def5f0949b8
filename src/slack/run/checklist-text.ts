import { ChecklistItem } from '../../domain/run/events.ts';

/** What each item of the pre-rollback checklist asks for, in the order it is asked. */
export const CHECKLIST: Readonly<Record<ChecklistItem, string>> = {
  'issue-documented': 'Issue documented',
  'stakeholders-told': 'Stakeholders told',
  'target-verified': 'Target verified',
  'state-backed-up': 'State backed up',
};

/** All items on one line of mrkdwn, ticked or not. */
export const checklistText = (ticked: readonly ChecklistItem[]): string =>
  ChecklistItem.options
    .map(
      (item) =>
        `${ticked.includes(item) ? ':ballot_box_with_check:' : ':white_large_square:'} ${CHECKLIST[item]}`,
    )
    .join('   ');
