import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { applicationOf, isProtocolName } from '../port-protocols.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { saidAbout } from '../host-patterns.ts'
import { isOfControlPlane } from '../in-mesh.ts'
import { put, remove } from '../operations.ts'
import { servedBy } from '../served-ports.ts'
import { openMeshHosts, scopedMeshHosts } from '../virtualservice/mesh-hosts.ts'
import type { MeshWorld } from '../world.ts'
import { besides } from './ports.ts'

const unnamed: Code = {
  code: 'service.port-name',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0118', 'KIA0601'],
}
const ofApplication: Code = {
  code: 'service.app-protocol',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0118', 'KIA0602'],
}
const external: Code = {
  code: 'service.external-port-name',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0150'],
}

/** Services that Istio makes for Gateways of the Gateway API (istio pkg/config/constants, ManagedGateway…Label). */
const managed = ['istio.io-gateway-controller', 'istio.io-mesh-controller', 'istio.io-eastwest-controller']

/**
 * Ports whose name or appProtocol tells no protocol that Istio knows: it looks into the traffic then, which costs a
 * moment at the start of a connection and fails where the server speaks first. An appProtocol hides the name.
 */
export const portName: Judge = {
  says: [unnamed, ofApplication, external],
  kinds: [kinds.service],
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    if (isOfControlPlane(object) || managed.includes(labelsOf(object)[names.gatewayManaged] ?? '')) return []
    const isExternal = textAt(object, 'spec', 'type') === 'ExternalName'
    return listAt(object, 'spec', 'ports').flatMap((port, index) => {
      const isTold = applicationOf(port) !== 'auto' && !(textAt(port, 'name') === 'tcp' && isExternal)
      return isTold ? [] : [judgePort(subject, world, { port, index, isExternal })]
    })
  },
}

/** What these ports are for everywhere (IANA). */
const WELL_KNOWN: Readonly<Record<number, string>> = { 80: 'http', 443: 'https' }

type Spot = { port: unknown; index: number; isExternal: boolean }

function judgePort(subject: Subject, world: MeshWorld, { port, index, isExternal }: Spot): Finding {
  const place = `/spec/ports/${index}`
  const name = textAt(port, 'name') ?? ''
  const said = textAt(port, 'appProtocol')
  const pointer = name === '' ? place : `${place}/name`
  const params = { name, port: numberAt(port, 'port') ?? 0 }
  if (isExternal) {
    const protocol = WELL_KNOWN[params.port]
    const way = { code: 'say', params: { protocol: protocol ?? '' } }
    const fixes = protocol === undefined ? [] : [fix(subject, way, [put(`${place}/appProtocol`, protocol)])]
    return found(subject, external, { pointer, params, fixes })
  }
  const plain = sayings(subject, world, index).map((each) =>
    fix(subject, { code: `say-${each}` }, [put(`${place}/appProtocol`, each)]),
  )
  if (said === undefined) return found(subject, unnamed, { pointer, params, fixes: plain })
  const byName = fix(subject, { code: 'by-name', params: { name } }, [remove(`${place}/appProtocol`)])
  const fixes = isProtocolName(name) ? [byName] : plain
  return found(subject, ofApplication, { pointer: `${place}/appProtocol`, params: { ...params, said }, fixes })
}

/** TCP suits everything; but what other Services say of the same port of the Pods holds there, and what rules have routes for. */
function sayings(subject: Subject, world: MeshWorld, index: number): string[] {
  const port = servedBy(subject.object, subject.cluster)[index]
  const others = port === undefined ? [] : besides(subject, world, port).map(({ application }) => application)
  const [first = 'tcp', ...more] = new Set([...others, ...routedAs(subject, world)])
  return more.length === 0 ? [first] : []
}

/** Routes of VirtualServices for the Service are used only on ports of their protocol. */
function routedAs({ object, namespace }: Subject, world: MeshWorld): string[] {
  const host = `${object.metadata.name}.${namespace}.svc.${world.mesh.domain}`
  const rules = [openMeshHosts, scopedMeshHosts].flatMap((index) => saidAbout(world, index, host))
  return ['http', 'tcp', 'tls'].filter((list) => rules.some((each) => listAt(each.object, 'spec', list).length > 0))
}
