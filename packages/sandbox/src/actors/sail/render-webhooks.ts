import { flagAt, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { baseLabels, chartLabels, chartObject, pilotLabels } from './chart-objects.ts'
import { injectorName, istiodName, tagWebhookName, validatorName } from './names.ts'

/** Webhook configurations of charts istio-discovery, revisiontags and base, entry by entry. */

const expression = (key: string, operator: string, ...values: string[]): JsonRecord =>
  values.length === 0 ? { key, operator } : { key, operator, values }
const selector = (...matchExpressions: Json[]): JsonRecord => ({ matchExpressions })

const REV = 'istio.io/rev'
const INJECTION = 'istio-injection'
const INJECT = 'sidecar.istio.io/inject'
const NOT_REFUSED = expression(INJECT, 'NotIn', 'false')
const UNLABELLED = [expression(REV, 'DoesNotExist'), expression(INJECTION, 'DoesNotExist')]
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']

type Selectors = { prefix: string; namespaceSelector: JsonRecord; objectSelector: JsonRecord }

function revisionSelectors(name: string): Selectors[] {
  return [
    {
      prefix: 'rev.namespace.',
      namespaceSelector: selector(expression(REV, 'In', name), expression(INJECTION, 'DoesNotExist')),
      objectSelector: selector(NOT_REFUSED),
    },
    {
      prefix: 'rev.object.',
      namespaceSelector: selector(...UNLABELLED),
      objectSelector: selector(NOT_REFUSED, expression(REV, 'In', name)),
    },
  ]
}

function defaultSelectors(everywhere: boolean): Selectors[] {
  const always: Selectors[] = [
    {
      prefix: 'namespace.',
      namespaceSelector: selector(expression(INJECTION, 'In', 'enabled')),
      objectSelector: selector(NOT_REFUSED),
    },
    {
      prefix: 'object.',
      namespaceSelector: selector(...[...UNLABELLED].reverse()),
      objectSelector: selector(expression(INJECT, 'In', 'true'), expression(REV, 'DoesNotExist')),
    },
  ]
  if (!everywhere) return always
  const names = expression('kubernetes.io/metadata.name', 'NotIn', ...SYSTEM_NAMESPACES)
  const auto: Selectors = {
    prefix: 'auto.',
    namespaceSelector: selector(...[...UNLABELLED].reverse(), names),
    objectSelector: selector(expression(INJECT, 'DoesNotExist'), expression(REV, 'DoesNotExist')),
  }
  return [...always, auto]
}

/** Where the injection webhooks of a revision call. */
export type Injection = { revision: string; namespace: string; values: JsonRecord }

function clientConfig({ revision, namespace, values }: Injection): JsonRecord {
  const url = textAt(values, 'istiodRemote', 'injectionURL') ?? ''
  const caBundle = textAt(values, 'istiodRemote', 'injectionCABundle') ?? ''
  const path = textAt(values, 'istiodRemote', 'injectionPath') ?? '/inject'
  const target = url === '' ? { service: { name: istiodName(revision), namespace, path, port: 443 } } : { url }
  return caBundle === '' ? target : { ...target, caBundle }
}

function injectionWebhooks(injection: Injection, selectors: Selectors[]): JsonRecord[] {
  return selectors.map(({ prefix, ...matched }) => ({
    name: `${prefix}sidecar-injector.istio.io`,
    clientConfig: clientConfig(injection),
    sideEffects: 'None',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    reinvocationPolicy: 'Never',
    admissionReviewVersions: ['v1'],
    ...matched,
  }))
}

const MUTATING = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' }
const VALIDATING = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' }

function everywhere(values: JsonRecord): boolean {
  return flagAt(values, 'sidecarInjectorWebhook', 'enableNamespacesByDefault') === true
}

export function injectorWebhook(injection: Injection): KubernetesObject {
  const { revision, namespace, values } = injection
  const labels = { ...pilotLabels(revision), app: 'sidecar-injector' }
  const selectors = [
    ...revisionSelectors(revision),
    ...(revision === 'default' ? defaultSelectors(everywhere(values)) : []),
  ]
  const name = injectorName(revision, namespace)
  return chartObject({ ...MUTATING, name, labels }, { webhooks: injectionWebhooks(injection, selectors) })
}

export function tagWebhook(tag: string, injection: Injection): KubernetesObject {
  const { revision, namespace, values } = injection
  const labels = { ...pilotLabels(revision), app: 'sidecar-injector', 'istio.io/tag': tag }
  const selectors = [...revisionSelectors(tag), ...(tag === 'default' ? defaultSelectors(everywhere(values)) : [])]
  const name = tagWebhookName(tag, namespace)
  return chartObject({ ...MUTATING, name, labels }, { webhooks: injectionWebhooks(injection, selectors) })
}

function validation(name: string, injection: Injection, objectSelector: JsonRecord | undefined): JsonRecord {
  const service = { name: istiodName(injection.revision), namespace: injection.namespace, path: '/validate' }
  const apiGroups = ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io']
  const webhook = {
    name,
    clientConfig: { service },
    rules: [{ operations: ['CREATE', 'UPDATE'], apiGroups, apiVersions: ['*'], resources: ['*'] }],
    // istiod turns it to Fail once it answers
    failurePolicy: 'Ignore',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  }
  return { webhooks: [objectSelector === undefined ? webhook : { ...webhook, objectSelector }] }
}

/** Looks only at objects that carry the revision's label. */
export function revisionValidator(injection: Injection): KubernetesObject {
  const { revision, namespace } = injection
  const labels = { ...chartLabels(revision, 'istiod'), app: 'istiod', istio: 'istiod', [REV]: revision }
  const name = validatorName(revision, namespace)
  const own = selector(expression(REV, 'In', revision))
  return chartObject({ ...VALIDATING, name, labels }, validation('rev.validation.istio.io', injection, own))
}

/** Chart base with a defaultRevision: looks at every object of Istio's groups. */
export function defaultValidator(injection: Injection): KubernetesObject {
  const labels = { ...baseLabels('istiod'), app: 'istiod', istio: 'istiod', [REV]: injection.revision }
  const body = validation('validation.istio.io', injection, undefined)
  return chartObject({ ...VALIDATING, name: 'istiod-default-validator', labels }, body)
}
