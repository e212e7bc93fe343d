import { at, isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { configMapNames } from '../../meshes/config-maps.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'

const unknown: Code = {
  code: 'meshnetworks.registry-unknown',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0126'],
}

/** Clusters that remote secrets name. */
const remoteClusters: Index<string> = defineIndex({
  name: 'clusters of remote secrets',
  kinds: [kinds.secret],
  where: 'every',
  entries: (secret) =>
    labelsOf(secret)[names.multiCluster] === 'true'
      ? Object.keys(recordAt(secret, 'data')).map((cluster): [string, string] => ['', cluster])
      : [],
})

/** Registries that Istio has besides clusters (pilot/pkg/serviceregistry/provider). */
const registries = ['Mock', 'Kubernetes', 'External']

/** Networks whose endpoints are those of a cluster that no remote secret names (istio analyzers/multicluster). */
export const networkRegistries: Judge = {
  says: [unknown],
  kinds: [kinds.configMap],
  judge(subject, world) {
    const text = textAt(subject.object, 'data', 'meshNetworks')
    if (text === undefined || !isOfMesh(subject.object) || !world.complete(kinds.secret)) return []
    const known = new Set([...registries, ...world.look(remoteClusters, '')])
    return registriesIn(text, world)
      .filter(({ registry }) => !known.has(registry))
      .map(({ network, registry }) =>
        found(subject, unknown, { pointer: `/data${step('meshNetworks')}`, params: { network, registry } }),
      )
  },
}

function isOfMesh(map: KubernetesObject): boolean {
  return configMapNames('istio', labelsOf(map)[names.revision] ?? 'default').includes(map.metadata.name)
}

function registriesIn(text: string, world: MeshWorld): { network: string; registry: string }[] {
  const document = world.yaml(text)
  if (document === undefined || document.fault !== undefined) return []
  const networks = at(document.value, 'networks')
  return Object.entries(isRecord(networks) ? networks : {}).flatMap(([network, each]) =>
    listAt(each, 'endpoints').flatMap((endpoint) => {
      const registry = textAt(endpoint, 'fromRegistry')
      return registry === undefined ? [] : [{ network, registry }]
    }),
  )
}
