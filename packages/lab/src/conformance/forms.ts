import type { Json } from '@orbweaver/contracts/json'
import { type Formless, holders, type Path, remove } from './breakage.ts'

/** Breakages of checks that look at the form of an answer alone: without it the behaviour is gone. */

/** Answers have nothing at these places. */
export const withoutAnswered = (...paths: readonly Path[]): Formless => ({
  kind: 'form',
  off: `answered ${paths.map((path) => path.join('.')).join(', ')}`,
  answer: ({ body }) => remove(body, paths),
})

/** Answers have another value at a place that they do have. */
export const answering = (path: Path, value: Json): Formless => ({
  kind: 'form',
  off: `the right ${path.join('.')}`,
  answer: ({ body }) =>
    holders(body, path, (holder, key) => {
      if (holder[key] !== undefined) holder[key] = value
    }),
})

/** The header of answers is missing. */
export const withoutAnswerHeader = (name: string): Formless => ({
  kind: 'form',
  off: `answer header ${name}`,
  answer: ({ headers }) => {
    delete headers[name]
  },
})

/** Events of a type do not arrive. */
export const swallowing = (type: string): Formless => ({
  kind: 'form',
  off: `${type} events`,
  event: (event) => (event.type === type ? undefined : event),
})

/** Events have nothing at this place. */
export const withoutInEvents = (...path: string[]): Formless => ({
  kind: 'form',
  off: `events' ${path.join('.')}`,
  event: (event) => {
    remove(event, [path])
    return event
  },
})
