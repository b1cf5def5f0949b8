/** What became of a delivery to Slack. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  /** This card was edited less than a second ago: later, and with whatever the state is by then. */
  | { readonly kind: 'too-soon'; readonly inMs: number }
  /** Slack is away or asks for a pause, or walkback.yml is broken: everything waits, and this comes first again. */
  | { readonly kind: 'unavailable'; readonly inMs: number; readonly why: string };
