import { Command, CommanderError } from 'commander'
import { addExplain } from './explain/command.ts'
import { addLint } from './lint-command.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import { Unusable } from './unusable.ts'

/** One run of the command; never throws for what was typed or read. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = new Command('orbweaver')
    .description('What Istio objects mean: findings in files and clusters, and why things happen as they do.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(orbweaver --help tells more)')
  let exit: ExitCode = 0
  const end = (code: ExitCode) => {
    exit = code
  }
  addLint(program, terminal, end)
  addExplain(program, terminal, end)
  try {
    await program.parseAsync(words, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof Unusable)) throw error
    terminal.err(`error: ${error.message}\n`)
    return 2
  }
}
