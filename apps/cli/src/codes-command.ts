import { catalogue } from '@orbweaver/istio/findings/catalogue'
import { type Command, Option } from 'commander'
import { asMarkdown } from './output/markdown.ts'
import type { Terminal } from './terminal.ts'

/** Everything that lint can find: docs/findings.md is what this prints. */
export function addCodes(program: Command, terminal: Terminal): void {
  program
    .command('codes')
    .description('Lists everything that can be found: what it means for traffic, what Istio does, ways out')
    .addOption(new Option('-o, --output <format>', 'how to tell').choices(['markdown', 'json']).default('markdown'))
    .action(({ output }: { output: string }) => {
      const codes = catalogue()
      terminal.out(output === 'json' ? `${JSON.stringify(codes, undefined, 2)}\n` : asMarkdown(codes))
    })
}
