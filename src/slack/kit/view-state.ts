import { z } from 'zod';

const Option = z.object({ value: z.string() });

/** What was answered in one element; which of these it is depends on the element's type. */
export const Answer = z.object({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});
export type Answer = z.infer<typeof Answer>;

const ViewState = z.object({
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) }),
  private_metadata: z.string().default(''),
});

/** What a submitted view says, by block; every block of ours has one element. */
export type ViewAnswers = {
  /** A text field's text, trimmed; '' where it was left empty. */
  readonly text: (block: string) => string;
  readonly chosen: (block: string) => string | undefined;
  readonly ticked: (block: string) => readonly string[];
  /** A user's id; null where it was emptied, undefined where the client knows no such field. */
  readonly user: (block: string) => string | null | undefined;
  /** In ms. */
  readonly instant: (block: string) => number | undefined;
  readonly blocks: readonly string[];
  /** private_metadata, parsed as JSON. */
  readonly metadata: unknown;
};

/** Parses `view` of a view_submission payload; throws on one that Slack can't have sent. */
export function readView(view: unknown): ViewAnswers {
  const { state, private_metadata } = ViewState.parse(view);
  const answerOf = (block: string) => Object.values(state.values[block] ?? {})[0];
  return {
    text: (block) => (answerOf(block)?.value ?? '').trim(),
    chosen: (block) => answerOf(block)?.selected_option?.value,
    ticked: (block) => (answerOf(block)?.selected_options ?? []).map(({ value }) => value),
    user: (block) => answerOf(block)?.selected_user,
    instant: (block) => {
      const seconds = answerOf(block)?.selected_date_time;
      return seconds == null ? undefined : seconds * 1_000;
    },
    blocks: Object.keys(state.values),
    metadata: private_metadata === '' ? undefined : JSON.parse(private_metadata),
  };
}
