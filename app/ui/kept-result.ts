/** Whether an action's answer says that nothing has reached the server, so that asking it for news makes no sense. */
export const isKept = (actionResult: unknown): boolean =>
  typeof actionResult === 'object' &&
  actionResult !== null &&
  ('kept' in actionResult || ('initialValue' in actionResult && actionResult.initialValue === null))
