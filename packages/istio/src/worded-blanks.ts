/**
 * Blanks of sentences that are filled with words of the API: where, among the texts, each of them has a word of the
 * reader's language. A value without one stands as it is.
 */
export const wordedBlanks = {
  level: 'level',
  scope: 'level',
  on: 'access.depends',
  carrier: 'access.carrier',
  trial: 'access.trial',
} as const
