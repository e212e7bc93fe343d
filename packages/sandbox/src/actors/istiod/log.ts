import { timestampOf } from '../../clock.ts'
import type { ActorContext } from '../controller.ts'

const mostLines = 200

export type IstiodLog = {
  /** The context whose complaints are lines of this log too. */
  context: ActorContext
  say: (line: string) => void
  lines: () => readonly string[]
}

/** What an istiod writes: time, level and text, with tabs between them (istio.io/istio pkg/log). */
export function createIstiodLog(outside: ActorContext): IstiodLog {
  const lines: string[] = []
  const write = (level: 'info' | 'warn', text: string): void => {
    lines.push([timestampOf(outside.clock), level, text].join('\t'))
    if (lines.length > mostLines) lines.shift()
  }
  return {
    context: {
      ...outside,
      log: (line) => {
        write('warn', line)
        outside.log(line)
      },
    },
    say: (line) => write('info', line),
    lines: () => lines,
  }
}
