import { at, type Json, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { type LabelRequirement, labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { names } from '../../world/names.ts'
import type { Labels } from '../../world/labels.ts'

/** One webhook of a configuration, as the API server calls it. */
export type Webhook = {
  config: string
  /** Of one configuration no two have the same name. */
  name: string
  index: number
  /** What the API server would send it: Pods with these labels, in namespaces with those. */
  takes(namespace: Labels, pod: Labels): boolean
}

export function webhooksOf(config: KubernetesObject): Webhook[] {
  return listAt(config, 'webhooks').map((webhook, index) => {
    const home = selectorAt(webhook, 'namespaceSelector')
    const own = selectorAt(webhook, 'objectSelector')
    return {
      config: config.metadata.name,
      name: textAt(webhook, 'name') ?? '',
      index,
      takes: (namespace, pod) => fits(home, namespace) && fits(own, pod),
    }
  })
}

/** Without a selector everything; malformed, nothing. */
function selectorAt(webhook: Json, field: string): LabelRequirement[] | undefined {
  const selector = at(webhook, field)
  return selector === undefined || selector === null ? [] : labelSelectorOf(selector)
}

function fits(requirements: LabelRequirement[] | undefined, labels: Labels): boolean {
  return requirements !== undefined && matchesLabels(requirements, { ...labels })
}

/** Revisions that a configuration speaks of: by its label, or in what any of its webhooks selects. */
export function revisionsOf(config: KubernetesObject): Set<string> {
  const own = labelsOf(config)[names.revision]
  const selectors = listAt(config, 'webhooks').flatMap((each) => [
    at(each, 'namespaceSelector'),
    at(each, 'objectSelector'),
  ])
  return new Set([...(own === undefined ? [] : [own]), ...selectors.flatMap(revisionsIn)])
}

function revisionsIn(selector: Json | undefined): string[] {
  const equal = textAt(selector, 'matchLabels', names.revision)
  const ofSets = listAt(selector, 'matchExpressions')
    .filter((each) => textAt(each, 'key') === names.revision)
    .flatMap((each) => textsAt(each, 'values'))
  return equal === undefined ? ofSets : [equal, ...ofSets]
}

/** Whether one of its webhooks is Istio's by name. */
export function isOfIstio(config: KubernetesObject): boolean {
  return listAt(config, 'webhooks').some((each) => (textAt(each, 'name') ?? '').endsWith('istio.io'))
}
