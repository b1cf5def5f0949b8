/** A submitted form: what it says, or an error for each block that needs mending, as `response_action: errors` wants. */
export type ParsedForm<Values> =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };
