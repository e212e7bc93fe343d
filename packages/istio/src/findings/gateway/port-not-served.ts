import { at, type Json, listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { groupedBy } from '../../world/grouped.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put } from '../operations.ts'
import { allPodsWith, type LivePod, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const missing: Code = {
  code: 'gateway.port-not-served',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0162'],
}
const protocolUnsaid: Code = {
  code: 'gateway.port-protocol-unsaid',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0162'],
}

type Served = { cluster: string; service: KubernetesObject; index: number; numbers: number[]; protocol: string }

/**
 * The gateway opens a port that no Service of its Pods leads to. A port that says no protocol is TCP to Kubernetes, and
 * none to istioctl, which reads files without defaults.
 */
export const portNotServed: Judge = {
  says: [missing, protocolUnsaid],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
    const selector = stringsAt(subject.object, 'spec', 'selector')
    const pods = allPodsWith(world, selector)
    if (pods.length === 0) return []
    const ports = portsOf(world, pods)
    const services = [...new Set(ports.map(({ service }) => service))]
    return listAt(subject.object, 'spec', 'servers').flatMap((server, index) => {
      if (at(server, 'port') === undefined) return []
      const port = numberAt(server, 'port', 'number') ?? 0
      const leading = ports.filter(({ numbers }) => numbers.includes(port))
      if (leading.some(({ protocol }) => protocol === 'TCP')) return []
      const pointer = `/spec/servers/${index}/port/number`
      const evidence = ports.filter((each, nth) => ports.findIndex((one) => one.service === each.service) === nth)
      const params = {
        port,
        selector: spell(selector),
        services: services.map(({ metadata }) => metadata.name).join(', '),
      }
      const shared = { pointer, params, evidence: evidence.map((each) => refOf(each.cluster, each.service)) }
      const unsaid = leading.find(({ protocol }) => protocol === '')
      if (unsaid !== undefined) {
        const path = `/spec/ports/${unsaid.index}/protocol`
        const operations = [{ op: 'add' as const, path, value: 'TCP' }]
        const patches = [{ ref: refOf(unsaid.cluster, unsaid.service), operations }]
        return [found(subject, protocolUnsaid, { ...shared, fixes: [{ code: 'say-tcp', params: { port }, patches }] })]
      }
      const [home] = ports
      if (home === undefined) return [found(subject, missing, shared)]
      return [found(subject, missing, { ...shared, fixes: [serving(home, { server, port })] })]
    })
  },
}

/** One more port of the Service. */
function serving({ cluster, service }: Served, { server, port }: { server: Json; port: number }): Fix {
  const value = { name: `${nameOf(server)}-${port}`, port, targetPort: port, protocol: 'TCP' }
  return fix({ cluster, object: service }, { code: 'serve-port', params: { port } }, [put('/spec/ports/-', value)])
}

/** A Service's port in its own name's first word: that is how its protocol is told. */
function nameOf(server: Json): string {
  return (textAt(server, 'port', 'protocol') ?? 'tcp').toLowerCase()
}

/** Ports of all Services that select one of the Pods, with the numbers that a Gateway may mean each by. */
function portsOf(world: MeshWorld, pods: readonly LivePod[]): Served[] {
  const places = groupedBy(pods, (each) => `${each.cluster} ${each.pod.metadata.namespace ?? ''}`)
  return [...places.values()].flatMap((there) => {
    const [first] = there
    if (first === undefined) return []
    const { cluster, pod } = first
    const view = world.clusters.find((each) => each.cluster === cluster)
    const services = view?.list(kinds.service, pod.metadata.namespace ?? '') ?? []
    return services
      .filter((service) => there.some((each) => hasLabels(each.pod, stringsAt(service, 'spec', 'selector'))))
      .flatMap((service) =>
        listAt(service, 'spec', 'ports').map((port, index) => ({
          cluster,
          service,
          index,
          numbers: numbersOf(port),
          protocol: textAt(port, 'protocol') ?? '',
        })),
      )
  })
}

/** The port, and the port of the Pods where that is a number: a Gateway's number is what the proxy listens on. */
function numbersOf(port: Json): number[] {
  const target = at(port, 'targetPort')
  const number = typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target
  return [numberAt(port, 'port'), number].filter((each) => typeof each === 'number')
}
