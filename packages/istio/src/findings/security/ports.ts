import type { Finding } from '@orbweaver/contracts/plan'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { podsIn } from '../pods.ts'
import { containerPorts, portsOver, type ServedPort, targetNumbers } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'
import { namedBy, selectorOf, targetsOf } from './policy-rules.ts'

const ofService: Code = { code: 'authorizationpolicy.port-of-service', severity: 'warning', istio: 'accepts' }
const unknown: Code = { code: 'authorizationpolicy.port-not-found', severity: 'warning', istio: 'accepts' }

/** Ports of a rule are those of the Pods, not those of Services before them: of another one it never matches. */
export const policyPorts: Judge = {
  says: [ofService, unknown],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    if (namespace === world.mesh.rootNamespace || targetsOf(object).length > 0) return []
    const named = namedBy(object, 'ports', 'destination.port')
    const known = named.length === 0 ? undefined : knownPorts(subject, world)
    return known === undefined ? [] : named.flatMap((each) => judgePort(subject, known, each))
  },
}

/** What the workloads of a policy serve. */
export type Known = { numbers: ReadonlySet<number>; served: readonly (ServedPort & { numbers: readonly number[] })[] }

/** Undefined where nothing is known of them: no Pod, or none that is before a Service or says what it listens on. */
export function knownPorts(
  { object, namespace }: Pick<Subject, 'object' | 'namespace'>,
  world: MeshWorld,
): Known | undefined {
  if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return undefined
  const labels = selectorOf(object)
  const pods = podsIn(world, namespace, labels).map(({ pod }) => pod)
  const served = portsOver(world, namespace, labels).map((each) => ({
    ...each,
    numbers: targetNumbers(pods, each.target),
  }))
  const numbers = [...pods.flatMap(declared), ...served.flatMap((each) => each.numbers)]
  return numbers.length === 0 || pods.length === 0 ? undefined : { numbers: new Set(numbers), served }
}

function declared(pod: KubernetesObject): number[] {
  return containerPorts(pod).map(({ number }) => number)
}

function judgePort(subject: Subject, known: Known, { value, pointer }: { value: string; pointer: string }): Finding[] {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1 || known.numbers.has(number)) return []
  const before = known.served.filter(({ port }) => port === number)
  const [service] = before
  const targets = [...new Set((service === undefined ? known.served : before).flatMap(({ numbers }) => numbers))]
  const params = { port: value, targets: targets.join(', '), service: service?.service.metadata.name ?? '' }
  const [right, ...more] = targets
  // Of a port that nobody has it is not told what was meant.
  const isClear = service !== undefined && right !== undefined && more.length === 0
  const way = { code: 'port-of-pods', params: { port: String(right) } }
  const fixes = isClear ? [fix(subject, way, [{ op: 'replace', path: pointer, value: String(right) }])] : []
  const evidence = before.map((each) => refOf(each.cluster, each.service))
  return [found(subject, service === undefined ? unknown : ofService, { pointer, params, evidence, fixes })]
}
