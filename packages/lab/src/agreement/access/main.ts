import { buildProxies } from '../../build.ts'
import { callsOf } from '../populated/calls.ts'
import { runComparison } from '../proxies/run.ts'
import { compare, compareReadable, type ComparedCall, differs } from './compare.ts'
import { generate } from './generate.ts'
import { recordAccess } from './record.ts'
import { smallest } from './smaller.ts'

function brief({ world, call, theirs, ours }: ComparedCall): string {
  const by = ours.decidedBy === null ? '' : `${ours.decidedBy.ref.namespace ?? ''}/${ours.decidedBy.ref.name}`
  return [
    `world ${world.id}: ${JSON.stringify(call)}`,
    `  istiod: ${theirs.verdict} ${theirs.by.join(' ')}`,
    `  ours:   ${ours.verdict} ${by} ${ours.depends.join(' ')}`,
  ].join('\n')
}

process.exitCode = await runComparison<ComparedCall, string>({
  command: 'agree:access',
  things: 'calls',
  program: buildProxies,
  compare: (program, seeds) => compare(program, seeds.map(generate)),
  compareFolders: (program, worlds) => compareReadable(program, worlds.map(callsOf)),
  differs,
  brief,
  smallest,
  record: recordAccess,
})
