import { listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

/** Field managers of tools that write an object back when somebody else changes it. */
const tools: { tool: string; pattern: RegExp }[] = [
  { tool: 'argocd', pattern: /^argocd/ },
  { tool: 'flux', pattern: /^(kustomize-controller|helm-controller)$/ },
  { tool: 'helm', pattern: /^helm$/i },
  { tool: 'sail', pattern: /^(sail-operator|manager)$/ },
]

/** Who else keeps this object, from its tracking labels or the managers of its fields; our own do not count. */
export function managedBy(object: KubernetesObject): { tool: string; manager: string } | undefined {
  const tracking = annotationsOf(object)['argocd.argoproj.io/tracking-id']
  if (tracking !== undefined) return { tool: 'argocd', manager: tracking }
  const labels = labelsOf(object)
  if (labels['argocd.argoproj.io/instance'] !== undefined) {
    return { tool: 'argocd', manager: labels['argocd.argoproj.io/instance'] }
  }
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name']
  if (flux !== undefined) return { tool: 'flux', manager: flux }
  for (const entry of listAt(object, 'metadata', 'managedFields')) {
    const manager = textAt(entry, 'manager') ?? ''
    if (textAt(entry, 'subresource') !== undefined) continue
    const known = tools.find((each) => each.pattern.test(manager))
    if (known !== undefined) return { tool: known.tool, manager }
  }
  return undefined
}
