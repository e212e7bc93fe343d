import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { meshOf, object, pod, service } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import type { ClusterFacts, PreflightCheck, PreflightInput } from './check.ts'
import { neededPermissions } from './permissions.ts'
import { preflight } from './preflight.ts'

/** The operator's CRD, offering these versions. */
export const crd = (enums: string[], description = '') =>
  object('CustomResourceDefinition', 'istios.sailoperator.io', {
    spec: {
      versions: [
        {
          name: 'v1',
          schema: {
            openAPIV3Schema: { properties: { spec: { properties: { version: { enum: enums, description } } } } },
          },
        },
      ],
    },
  })

const dns = { 'k8s-app': 'kube-dns' }

/** What every cluster has: a node with room, and a DNS that answers. */
const ground = [
  node('node-1', { podCIDRs: [] }),
  service('kube-dns', 'kube-system', dns),
  pod('coredns', 'kube-system', { labels: dns }),
]

const isSame = (one: KubernetesObject) => (other: KubernetesObject) =>
  one.kind === other.kind && one.metadata.name === other.metadata.name

export function node(name: string, spec: JsonRecord, more: JsonRecord = {}): KubernetesObject {
  return { ...object('Node', name, { spec }), status: { allocatable: { cpu: '4', memory: '8Gi' }, ...more } }
}

export const now = new Date('2026-11-28T12:00:00Z')

/** A cluster with nothing wrong. */
export const facts = (
  cluster: string,
  more: Partial<ClusterFacts> = {},
  ...objects: KubernetesObject[]
): ClusterFacts => ({
  cluster,
  unreachable: undefined,
  view: clusterView(
    cluster,
    [...ground.filter((each) => !objects.some(isSame(each))), ...objects],
    Object.values(kinds),
  ),
  kubernetesVersion: 'v1.35.1',
  clockSkewSeconds: 0.4,
  permissions: neededPermissions('control-plane').map((permission) => ({ permission, allowed: true })),
  istioCrd: crd(['v1.30.3', 'v1.30-latest']),
  roots: [],
  limits: [],
  network: 'n1',
  server: 'https://192.0.2.10:6443',
  serverStated: true,
  ...more,
})

export function run(
  spec: JsonRecord,
  all: ClusterFacts[],
  more: {
    meshes?: ReturnType<typeof meshOf>[]
    creating?: boolean
    name?: string
    unmet?: Map<string, string>
    syncs?: PreflightInput['syncs']
    begins?: readonly string[]
  } = {},
) {
  const { meshes = [], creating = true, name, unmet = new Map<string, string>(), syncs = new Map(), begins } = more
  const known = new Map(all.map((each) => [each.cluster, each]))
  const input = { mesh: meshOf(spec, name), creating, meshes, facts: known, unmet, syncs, begins, now }
  return preflight(input)
}
export const dedicated = (given: ClusterFacts) => run({ kind: 'Dedicated' }, [given])
export const ids = (checks: PreflightCheck[], severity?: string) =>
  checks.filter((each) => severity === undefined || each.severity === severity).map((each) => each.id)
export const one = (checks: PreflightCheck[], topic: string) => checks.find((each) => each.id.startsWith(`${topic}.`))
