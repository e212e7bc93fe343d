import type { Fix } from '@orbweaver/contracts/plan'
import type { Labels } from '../world/labels.ts'
import { fix, type Subject } from './finding.ts'
import { replace } from './operations.ts'
import { allPodsWith, spell } from './pods.ts'
import type { MeshWorld } from './world.ts'

/** Labels that Pods say the name of their application by (Kubernetes' recommended ones, and Istio's). */
const nameLabels = ['app', 'app.kubernetes.io/name', 'k8s-app', 'service.istio.io/canonical-name']

type Asked = {
  selector: Labels
  pointer: string
}

/** For a selector that nobody has: the same name by another label, where one label alone has Pods of the namespace. */
export function byOtherLabel(subject: Subject, world: MeshWorld, { selector, pointer }: Asked): Fix[] {
  const known = Object.keys(selector).filter((each) => nameLabels.includes(each))
  const [key = '', ...more] = known
  if (known.length === 0 || more.length > 0) return []
  const { [key]: name = '', ...rest } = selector
  const isHad = (labels: Labels) =>
    allPodsWith(world, labels).some(({ pod }) => pod.metadata.namespace === subject.namespace)
  const [other, ...others] = nameLabels
    .filter((each) => each !== key)
    .map((each): Labels => ({ ...rest, [each]: name }))
    .filter(isHad)
  if (other === undefined || others.length > 0) return []
  return [fix(subject, { code: 'other-label', params: { labels: spell(other) } }, [replace(pointer, { ...other })])]
}
