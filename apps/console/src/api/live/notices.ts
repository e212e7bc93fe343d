import type { Notice } from '@orbweaver/contracts/events'
import { textAt } from '@orbweaver/contracts/json'

/** What tabs of one browser tell each other: the leader's notices and its state, and that somebody signed in or out. */
export type Told =
  | { kind: 'notice'; notice: Notice }
  | { kind: 'state'; open: boolean }
  /** The stream was interrupted: anything may have been missed. */
  | { kind: 'again' }
  /** A new tab wants to know whether the stream is open. */
  | { kind: 'ask' }
  | { kind: 'session' }

const words: Record<Notice['word'], true> = {
  meshes: true,
  clusters: true,
  sidecars: true,
  security: true,
  objects: true,
  history: true,
  access: true,
}

function isWord(word: unknown): word is Notice['word'] {
  return typeof word === 'string' && Object.hasOwn(words, word)
}

/** Messages of another version of the console, still open in another tab, are left alone. */
export function readTold(data: unknown): Told | undefined {
  const kind = textAt(data, 'kind')
  if (kind === 'again' || kind === 'ask' || kind === 'session') return { kind }
  if (typeof data !== 'object' || data === null) return undefined
  if (kind === 'state' && 'open' in data) return { kind, open: data.open === true }
  const word: unknown = textAt(data, 'notice', 'word')
  if (kind !== 'notice' || !isWord(word)) return undefined
  return { kind, notice: { word } }
}
