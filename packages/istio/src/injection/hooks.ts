import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, type LabelRequirement, matchesLabels } from '@orbweaver/contracts/selectors'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import type { ClusterView } from '../world/view.ts'

/** Who injects: a webhook of a MutatingWebhookConfiguration, the revision behind it, and the tag it goes by. */
export type Injector = { config: string; webhook: string; revision: string; tag: string | undefined }

/** One live injection webhook with the selectors the API server evaluates. */
export type Hook = Injector & {
  /** Undefined when malformed: such a selector matches nothing. */
  namespaceSelector: LabelRequirement[] | undefined
  objectSelector: LabelRequirement[] | undefined
  /** Where the API server sends Pods to; undefined when the webhook has a URL. */
  service: { name: string; namespace: string; path: string } | undefined
  caBundle: boolean
  /** Whether Pods are refused where nobody answers; undefined of a webhook in a file, which nobody is asked by yet. */
  failsClosed: boolean | undefined
  /** Called once more where a later webhook changed the Pod. */
  reinvocable: boolean
}

/**
 * Every injection webhook of a cluster, in the order the API server calls them (by configuration name). Any installer's:
 * what counts is that a webhook's name ends in `istio.io` (istioctl/pkg/checkinject, isIstioWebhook) and that it sees
 * Pods being created.
 */
export function hooksOf(view: ClusterView): Hook[] {
  const configs = view.list(kinds.mutatingWebhook).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  return configs.flatMap(hooksIn)
}

/** Those of one configuration. */
export function hooksIn(config: KubernetesObject): Hook[] {
  return listAt(config, 'webhooks')
    .filter(injectsPods)
    .map((webhook) => readHook(config, webhook))
}

/** Gate 1: what the API server decides from labels alone. */
export function hookMatches(hook: Hook, namespaceLabels: Labels, podLabels: Labels): boolean {
  const { namespaceSelector, objectSelector } = hook
  if (namespaceSelector === undefined || objectSelector === undefined) return false
  return matchesLabels(namespaceSelector, namespaceLabels) && matchesLabels(objectSelector, podLabels)
}

export function injectorOf({ config, webhook, revision, tag }: Hook): Injector {
  return { config, webhook, revision, tag }
}

function injectsPods(webhook: Json): boolean {
  if (!(textAt(webhook, 'name') ?? '').endsWith('istio.io')) return false
  return listAt(webhook, 'rules').some(
    (rule) => covers(listAt(rule, 'resources'), 'pods') && covers(listAt(rule, 'operations'), 'CREATE'),
  )
}

function covers(values: Json[], wanted: string): boolean {
  return values.includes(wanted) || values.includes('*')
}

function readHook(config: KubernetesObject, webhook: Json): Hook {
  const labels = labelsOf(config)
  const service = recordAt(webhook, 'clientConfig', 'service')
  const name = textAt(service, 'name')
  return {
    config: config.metadata.name,
    webhook: textAt(webhook, 'name') ?? '',
    revision: labels[names.revision] ?? 'default',
    tag: labels[names.tag],
    namespaceSelector: labelSelectorOf(recordAt(webhook, 'namespaceSelector')),
    objectSelector: labelSelectorOf(recordAt(webhook, 'objectSelector')),
    service:
      name === undefined
        ? undefined
        : { name, namespace: textAt(service, 'namespace') ?? '', path: textAt(service, 'path') ?? '' },
    caBundle: (textAt(webhook, 'clientConfig', 'caBundle') ?? '') !== '',
    failsClosed: config.metadata.uid === undefined ? undefined : textAt(webhook, 'failurePolicy') !== 'Ignore',
    reinvocable: textAt(webhook, 'reinvocationPolicy') === 'IfNeeded',
  }
}
