import { arrowsOf, repository, sources } from './cruise.ts'

const started = performance.now()
const { broken, unseen } = await arrowsOf(repository)
const lines = [
  ...broken.map((each) => `${each.rule}: ${each.from} → ${each.path === '' ? each.to : each.path}`),
  ...unseen.map((each) => `not cruised: ${each}`),
]
const seconds = ((performance.now() - started) / 1000).toFixed(1)
lines.push(`${broken.length + unseen.length} broken arrows in ${sources(repository).length} files, ${seconds} s`)
process.stdout.write(`${lines.join('\n')}\n`)
process.exitCode = broken.length + unseen.length > 0 ? 1 : 0
