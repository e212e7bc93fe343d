import { createHash } from 'node:crypto'

/** What decides whether a built family may be used again. */
export type BuildInput = {
  readonly goMod: string
  readonly goSum: string
  readonly linkFlags: string
  readonly keep: readonly string[]
  /** What is built of our own, text by text. */
  readonly source: readonly string[]
}

export const buildKey = (input: BuildInput): string =>
  createHash('sha256')
    .update(JSON.stringify([input.goMod, input.goSum, input.linkFlags, input.keep, ...input.source]))
    .digest('hex')
    .slice(0, 16)
