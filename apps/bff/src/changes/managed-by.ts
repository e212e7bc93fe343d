import { listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Keeper } from '@orbweaver/contracts/plan'

/** Tools as they call themselves, and the field managers by which they write an object back when somebody changed it. */
const tools: { tool: string; pattern: RegExp }[] = [
  { tool: 'Argo CD', pattern: /^argocd/ },
  { tool: 'Flux', pattern: /^(kustomize-controller|helm-controller)$/ },
  { tool: 'Helm', pattern: /^helm$/i },
  { tool: 'cert-manager', pattern: /^cert-manager/ },
  { tool: 'Sail Operator', pattern: /^(sail-operator|manager)$/ },
]

/**
 * Who else keeps this object, from its tracking labels and annotations or the managers of its fields; our own do not
 * count. The mirror has no managers: of its objects, those alone are told that carry a mark.
 */
export function managedBy(object: KubernetesObject): Keeper | undefined {
  return markedBy(object) ?? writtenBy(object)
}

/**
 * Flux before Helm: what its helm-controller installs carries Helm's marks too, and is written back by Flux. Helm's pair
 * is what Helm itself goes by when it adopts an object (helm pkg/action/validate.go).
 */
function markedBy(object: KubernetesObject): Keeper | undefined {
  const annotations = annotationsOf(object)
  const tracking = annotations['argocd.argoproj.io/tracking-id']
  if (tracking !== undefined) return { tool: 'Argo CD', manager: tracking }
  const labels = labelsOf(object)
  if (labels['argocd.argoproj.io/instance'] !== undefined) {
    return { tool: 'Argo CD', manager: labels['argocd.argoproj.io/instance'] }
  }
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name']
  if (flux !== undefined) return { tool: 'Flux', manager: flux }
  const issued = annotations['cert-manager.io/certificate-name']
  if (issued !== undefined) return { tool: 'cert-manager', manager: issued }
  const release = annotations['meta.helm.sh/release-name']
  if (release === undefined || labels['app.kubernetes.io/managed-by'] !== 'Helm') return undefined
  return { tool: 'Helm', manager: release }
}

function writtenBy(object: KubernetesObject): Keeper | undefined {
  for (const entry of listAt(object, 'metadata', 'managedFields')) {
    const manager = textAt(entry, 'manager') ?? ''
    if (textAt(entry, 'subresource') !== undefined) continue
    const known = tools.find((each) => each.pattern.test(manager))
    if (known !== undefined) return { tool: known.tool, manager }
  }
  return undefined
}
