import { textAt } from '@orbweaver/contracts/json'
import { buildIstio, buildJudges } from '../../build.ts'
import { runComparison } from '../proxies/run.ts'
import { compare, type ComparedPod, differs, type Said } from './compare.ts'
import { type Installation, installations } from './installations.ts'
import { recordInjection } from './record.ts'
import { smallest } from './smaller.ts'
import { generate, table } from './worlds.ts'

type Program = { readonly judges: string; readonly from: readonly Installation[] }

const told = ({ outcome, by, called }: Said): string => `${outcome} ${by ?? ''} asked: ${called.join(', ')}`

function brief({ world, pod, theirs, ours }: ComparedPod): string {
  const namespace = world.objects.find(
    ({ kind, metadata }) => kind === 'Namespace' && metadata.name === pod.metadata.namespace,
  )
  const { labels, annotations } = pod.metadata
  const network = textAt(pod, 'spec', 'hostNetwork') === undefined ? '' : ' in the network of its host'
  return [
    `world ${world.id}: ${namespace?.metadata.name ?? ''} ${JSON.stringify(namespace?.metadata.labels)}`,
    `  Pod:    ${JSON.stringify({ labels, annotations })}${network}`,
    `  istiod: ${told(theirs)}`,
    `  ours:   ${told(ours)}`,
  ].join('\n')
}

process.exitCode = await runComparison<ComparedPod, Program>({
  command: 'agree:injection',
  things: 'Pods',
  program: async (say) => ({ judges: await buildJudges(say), from: await installations(await buildIstio(say)) }),
  compare: ({ judges, from }, seeds) =>
    compare(judges, [...from.map(table), ...seeds.map((seed) => generate(seed, from))]),
  differs,
  brief,
  smallest: ({ judges }, of) => smallest(judges, of),
  record: recordInjection,
})
