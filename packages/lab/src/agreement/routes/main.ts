import { buildProxies } from '../../build.ts'
import { requestsOf } from '../populated/requests.ts'
import { runComparison } from '../proxies/run.ts'
import { compare, compareReadable, type ComparedRequest, differs, otherDetails } from './compare.ts'
import { generate } from './generate.ts'
import { recordRoutes } from './record.ts'
import { smallest } from './smaller.ts'

function brief({ world, request, theirs, ours }: ComparedRequest): string {
  const { from, protocol, host, port, method, path, headers } = request
  const asked = `${from.ref.namespace ?? ''}/${from.ref.name} ${protocol} ${method} ${host}:${port}${path}`
  return [
    `world ${world.id}: ${asked} ${JSON.stringify(headers)}`,
    `  istiod: ${theirs.outcome ?? ''} ${theirs.by ?? ''}`,
    `  ours:   ${ours.outcome ?? ''} ${ours.by ?? ''}`,
    ...otherDetails(theirs, ours).map((each) => `  istiod: ${each}`),
  ].join('\n')
}

process.exitCode = await runComparison<ComparedRequest, string>({
  command: 'agree:routes',
  things: 'requests',
  program: buildProxies,
  compare: (program, seeds) => compare(program, seeds.map(generate)),
  compareFolders: (program, worlds) => compareReadable(program, worlds.map(requestsOf)),
  differs,
  brief,
  smallest,
  record: recordRoutes,
})
