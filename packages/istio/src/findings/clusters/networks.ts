import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { configMapNames } from '../../meshes/config-maps.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { networkFault, networksOf } from './network-faults.ts'

const unknown: Code = {
  code: 'meshnetworks.registry-unknown',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0126'],
}

const invalid: Code = { code: 'meshnetworks.invalid', severity: 'error', istio: 'ignores' }

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

/**
 * Networks that istiod takes none of, and such whose endpoints are those of a cluster that no remote secret names (istio
 * analyzers/multicluster).
 */
export const networkRegistries: Judge = {
  says: [unknown, invalid],
  kinds: [kinds.configMap],
  judge(subject, world) {
    const text = textAt(subject.object, 'data', 'meshNetworks')
    if (text === undefined || !isOfMesh(subject.object)) return []
    const document = world.yaml(text)
    if (document === undefined) return []
    const networks = document.fault === undefined ? networksOf(document.value) : []
    const fault = document.fault ?? networks.map(networkFault).find((each) => each !== undefined)
    const pointer = `/data${step('meshNetworks')}`
    if (fault !== undefined) return [found(subject, invalid, { pointer, params: { fault } })]
    if (!world.complete(kinds.secret)) return []
    const known = [...registries, ...world.look(remoteClusters, '')]
    return networks.flatMap(({ name, value }) =>
      listAt(value, 'endpoints').flatMap((endpoint) => {
        const registry = textAt(endpoint, 'fromRegistry')
        if (registry === undefined || known.includes(registry)) return []
        return [found(subject, unknown, { pointer, params: { network: name, registry } })]
      }),
    )
  },
}

function isOfMesh(map: KubernetesObject): boolean {
  return configMapNames('istio', labelsOf(map)[names.revision] ?? 'default').includes(map.metadata.name)
}
