import { stringsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { Host } from '../host-registry.ts'
import { replace } from '../operations.ts'
import { spell } from '../pods.ts'
import { isAnalysedFilled, isFilled, isPromised } from '../subset-members.ts'
import { isRouted, subsetsOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'

const empty: Code = {
  code: 'destinationrule.subset-empty',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0173', 'KIA0203'],
}
const ofOthers: Code = {
  code: 'destinationrule.subset-of-others',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0203'],
}

/**
 * Accepted by Istio; requests routed to such a subset get 503 UH. An error where a VirtualService routes to it, else a
 * subset that is not used yet, or whose Pods are still to be made. istioctl asks only whether any Pod at all has the labels, for every host it knows.
 */
export const subsetEmpty: Judge = {
  says: [empty, ofOthers],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
    return subsetsOf(subject.object, world.mesh.domain).flatMap((subset) => {
      const labels = stringsAt(subset.value, 'labels')
      const host = world.hosts.find(subset.host, subject.namespace)
      if (host === undefined || isFilled(world, host, labels)) return []
      const analysed = analysedHost(world, subject.object, subset.host)
      const isTold = analysed !== undefined && !isAnalysedFilled(world, analysed, labels)
      // Without labels it is all of the host's endpoints: none of them is told of the host itself.
      if (!isTold && Object.keys(labels).length === 0) return []
      const isUsed = isRouted(world, subject.object, subset) && !isPromised(world, host, labels)
      const severity = isUsed ? 'error' : 'info'
      const params = { subset: subset.name, host: host.name, labels: spell(labels) }
      const evidence = host.owners.map(({ cluster, object }) => refOf(cluster, object))
      const fixes = fixesOf(subject, world, { host, labels, pointer: subset.pointer })
      const code = isTold ? empty : ofOthers
      return [found(subject, code, { severity, pointer: subset.pointer, params, evidence, fixes })]
    })
  },
}

/** Labels that Pods say their version by (Kubernetes' recommended ones, and Istio's). */
const versionLabels = ['version', 'app.kubernetes.io/version', 'service.istio.io/canonical-revision']

type Wanted = { host: Host; labels: Labels; pointer: string }

/** Another label for the same version, where one alone has endpoints. */
function fixesOf(subject: Subject, world: MeshWorld, { host, labels, pointer }: Wanted): Fix[] {
  const [[key, value] = ['', ''], ...more] = Object.entries(labels)
  if (more.length > 0 || !versionLabels.includes(key)) return []
  const [other, ...others] = versionLabels.filter((each) => each !== key && isFilled(world, host, { [each]: value }))
  if (other === undefined || others.length > 0) return []
  const way = { code: 'other-label', params: { label: other, value: host.name } }
  return [fix(subject, way, [replace(`${pointer}/labels`, { [other]: value })])]
}
