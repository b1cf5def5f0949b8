/** Whether a relative path stays below the place it starts from. */
export const staysInside = (path: string): boolean =>
  !path.startsWith('/') && !path.split('/').includes('..');
