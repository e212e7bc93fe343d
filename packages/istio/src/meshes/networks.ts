import {
  flagAt,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'

/** `spec.networks` of a Mesh (deploy/crds/meshes.yaml) with its defaults filled in. */
export type MeshNetworks = {
  /** Network of the control-plane cluster, where the mesh names it. */
  controlPlane: string | undefined
  exposeServices: boolean
  gateways: GatewaySettings[]
  clusterLocal: string[]
}

export type GatewaySettings = {
  cluster: string
  replicas: number | undefined
  resources: JsonRecord
  annotations: Record<string, string>
  /** Given instead of a load balancer's; empty where a load balancer is asked. */
  addresses: string[]
  port: number
}

/** Where an east-west gateway takes mutual TLS of other networks (istio.io/api label NetworkingGatewayPort, its default). */
export const eastWestPort = 15_443

export function readNetworks(from: JsonRecord): MeshNetworks {
  return {
    controlPlane: textAt(from, 'controlPlane'),
    exposeServices: flagAt(from, 'exposeServices') !== false,
    gateways: listAt(from, 'eastWestGateways').flatMap((each) => {
      const cluster = textAt(each, 'cluster')
      return cluster === undefined ? [] : [readGateway(recordAt(each), cluster)]
    }),
    clusterLocal: textsAt(from, 'clusterLocal'),
  }
}

/**
 * Hosts that every caller reaches in its own cluster alone, as values of the control plane (pilot/pkg/model/cluster_local.go,
 * 1.30); istiod follows them without a restart.
 */
export function clusterLocalValues({ clusterLocal: hosts }: MeshNetworks): JsonRecord {
  if (hosts.length === 0) return {}
  return { meshConfig: { serviceSettings: [{ settings: { clusterLocal: true }, hosts }] } }
}

function readGateway(from: JsonRecord, cluster: string): GatewaySettings {
  return {
    cluster,
    replicas: numberAt(from, 'replicas'),
    resources: recordAt(from, 'resources'),
    annotations: stringsAt(from, 'annotations'),
    addresses: textsAt(from, 'addresses'),
    port: numberAt(from, 'port') ?? eastWestPort,
  }
}
