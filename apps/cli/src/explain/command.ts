import type { Command } from 'commander'
import type { ExitCode, Terminal } from '../terminal.ts'
import { addAccess } from './access.ts'
import { addInjection } from './injection.ts'

/** `explain`: why things happen as they do. */
export function addExplain(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const explain = program.command('explain').description('Tells what will happen, and why')
  addAccess(explain, terminal, end)
  addInjection(explain, terminal)
}
