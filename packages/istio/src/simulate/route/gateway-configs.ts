import type { Place } from '@orbweaver/contracts/explain'
import {
  at,
  flagAt,
  isRecord,
  type Json,
  listAt,
  numberAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { Asking } from './asking.ts'
import { isDiscovered } from './discovered.ts'
import { parseProtocol, type Protocol } from './protocols.ts'

/** One server of a Gateway, or one listener of a Gateway of the Gateway API. */
export type Server = {
  place: Place
  port: number
  portName: string
  protocol: Protocol
  /** As it is written: servers of different words are not merged. */
  written: string
  bind: string
  /** `host`, or `namespace/host`; `./` and those of all namespaces are written out. */
  hosts: readonly string[]
  tls: { mode: string; httpsRedirect: boolean } | undefined
}

/** A Gateway as istiod merges it, from either API. */
export type GatewayConfig = {
  name: string
  /** As its owner knows it. */
  title: string
  namespace: string
  created: string
  /** Labels of the workloads that serve it; undefined where it names Services, or takes all. */
  selector: Labels | undefined
  /** Hosts of the Services that serve it, of the Gateway API. */
  services: readonly string[] | undefined
  /** Where those Services are. */
  servedIn: string
  /** Of the Gateway API: the Gateway itself. */
  madeOf: { namespace: string; name: string } | undefined
  /** Istiod made its workload. */
  managed: boolean
  servers: readonly Server[]
}

/** Istio's own Gateways, oldest first. */
export function istioGateways({ world, isRead }: Asking): GatewayConfig[] {
  const { config } = world
  return config
    .list(kinds.gateway)
    .filter((each) => isRead(each) && isDiscovered(world, namespaceOf(each)))
    .toSorted(byAge)
    .map((object) => istioGateway(config.cluster, object))
}

function istioGateway(cluster: string, object: KubernetesObject): GatewayConfig {
  const namespace = namespaceOf(object)
  const hasSelector = isRecord(at(object, 'spec', 'selector'))
  return {
    name: object.metadata.name,
    title: `${namespace}/${object.metadata.name}`,
    namespace,
    created: textAt(object, 'metadata', 'creationTimestamp') ?? '',
    selector: hasSelector ? stringsAt(object, 'spec', 'selector') : undefined,
    services: undefined,
    servedIn: namespace,
    madeOf: undefined,
    managed: false,
    servers: listAt(object, 'spec', 'servers').flatMap((each, index) => {
      const place = { ref: refOf(cluster, object), pointer: `/spec/servers/${index}` }
      return serverOf(each, place, namespace)
    }),
  }
}

function serverOf(value: Json, place: Place, namespace: string): Server[] {
  const port = numberAt(value, 'port', 'number')
  if (port === undefined) return []
  const written = textAt(value, 'port', 'protocol') ?? ''
  const tls = at(value, 'tls')
  return [
    {
      place,
      port,
      portName: textAt(value, 'port', 'name') ?? '',
      protocol: parseProtocol(written),
      written,
      bind: textAt(value, 'bind') ?? '',
      hosts: plainHosts(textsAt(value, 'hosts'), namespace),
      tls: isRecord(tls)
        ? { mode: textAt(tls, 'mode') ?? 'PASSTHROUGH', httpsRedirect: flagAt(tls, 'httpsRedirect') === true }
        : undefined,
    },
  ]
}

/** `./host` is of the Gateway's namespace, one of all namespaces is just the host (model/gateway.go, sanitizeServerHostNamespace). */
export function plainHosts(hosts: readonly string[], namespace: string): string[] {
  if (hosts.includes('*/*')) return ['*']
  return hosts.map((each) => {
    const slash = each.indexOf('/')
    if (slash < 0) return each
    const [of, host] = [each.slice(0, slash), each.slice(slash + 1)]
    return of === '.' ? `${namespace}/${host}` : of === '*' ? host : each
  })
}
