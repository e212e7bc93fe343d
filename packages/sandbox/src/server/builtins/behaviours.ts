import { isRecord, listAt, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { policyVariables } from '../admission/policy-variables.ts'
import { ensureRecord } from '../clone.ts'
import { CelError, compileCel } from '../schema/cel.ts'
import { type FieldError, invalidValue, notSupportedValue, required } from '../field-errors.ts'
import { type Behaviour, fallback } from './behaviour.ts'
import { configMap, namespace, pod, secret } from './core-kinds.ts'
import { crd } from './crd-kind.ts'
import { service } from './service.ts'
import {
  autoscalerDefaults,
  cronJobDefaults,
  daemonSetDefaults,
  deploymentDefaults,
  jobDefaults,
  replicaSetDefaults,
  statefulSetDefaults,
} from './workload-defaults.ts'
import { workloadErrors } from './workload-validation.ts'

const plain: Behaviour = {}
const named: Behaviour = { withoutGeneration: true }

/** RBAC objects may be named nearly anything; a binding's role never changes. */
const rbacRole: Behaviour = { nameRule: 'pathSegment', createOnUpdate: true, withoutGeneration: true }
const rbacBinding: Behaviour = {
  ...rbacRole,
  defaults(object) {
    const role = ensureRecord(object, 'roleRef')
    fallback(role, 'apiGroup', 'rbac.authorization.k8s.io')
    for (const subject of listAt(object, 'subjects')) {
      if (!isRecord(subject) || subject.kind === 'ServiceAccount') continue
      fallback(subject, 'apiGroup', 'rbac.authorization.k8s.io')
    }
  },
  validate(object, before) {
    const errors: FieldError[] = []
    if ((textAt(object, 'roleRef', 'name') ?? '') === '') errors.push(required('roleRef.name'))
    if (before !== undefined && !sameJson(before.roleRef, object.roleRef)) {
      errors.push(invalidValue('roleRef', object.roleRef, 'cannot change roleRef'))
    }
    return errors
  },
}

function webhookDefaults(mutating: boolean): Behaviour {
  return {
    defaults(object) {
      for (const webhook of listAt(object, 'webhooks')) {
        if (!isRecord(webhook)) continue
        fallback(webhook, 'failurePolicy', 'Fail')
        fallback(webhook, 'matchPolicy', 'Equivalent')
        fallback(webhook, 'timeoutSeconds', 10)
        ensureRecord(webhook, 'namespaceSelector')
        ensureRecord(webhook, 'objectSelector')
        if (mutating) fallback(webhook, 'reinvocationPolicy', 'Never')
        const reference = recordAt(webhook, 'clientConfig', 'service')
        if (reference.name !== undefined) fallback(reference, 'port', 443)
        for (const rule of listAt(webhook, 'rules')) if (isRecord(rule)) fallback(rule, 'scope', '*')
      }
    },
    validate: webhookErrors,
  }
}

function webhookErrors(object: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  for (const [index, webhook] of listAt(object, 'webhooks').entries()) {
    const path = `webhooks[${index}]`
    const name = textAt(webhook, 'name') ?? ''
    if (name === '') errors.push(required(`${path}.name`))
    else if (name.split('.').length < 3) {
      errors.push(
        invalidValue(`${path}.name`, name, 'should be a domain with at least three segments separated by dots'),
      )
    }
    if (listAt(webhook, 'admissionReviewVersions').length === 0) {
      errors.push(required(`${path}.admissionReviewVersions`, 'must specify one of v1, v1beta1'))
    }
    const effects = textAt(webhook, 'sideEffects')
    const safe = ['None', 'NoneOnDryRun']
    if (effects === undefined) errors.push(required(`${path}.sideEffects`, `must specify one of ${safe.join(', ')}`))
    else if (!safe.includes(effects)) errors.push(notSupportedValue(`${path}.sideEffects`, effects, safe))
  }
  return errors
}

/** Source: kubernetes pkg/apis/admissionregistration/validation v1.36. */
function policyErrors(object: KubernetesObject): FieldError[] {
  return ['matchConditions', 'variables', 'validations'].flatMap((list) =>
    listAt(object, 'spec', list).flatMap((each, index) => {
      const expression = textAt(each, 'expression') ?? ''
      try {
        compileCel(expression, policyVariables)
        return []
      } catch (fault) {
        if (!(fault instanceof CelError)) throw fault
        return [invalidValue(`spec.${list}[${index}].expression`, expression, fault.message)]
      }
    }),
  )
}

const policy: Behaviour = {
  validate: policyErrors,
  prepare: statusOnCreate,
  defaults(object) {
    const spec = ensureRecord(object, 'spec')
    fallback(spec, 'failurePolicy', 'Fail')
    if (isRecord(spec.matchConstraints)) {
      fallback(spec.matchConstraints, 'matchPolicy', 'Equivalent')
      ensureRecord(spec.matchConstraints, 'namespaceSelector')
      ensureRecord(spec.matchConstraints, 'objectSelector')
      for (const rule of listAt(spec.matchConstraints, 'resourceRules'))
        if (isRecord(rule)) fallback(rule, 'scope', '*')
    }
  },
}

const behaviours: Readonly<Record<string, Behaviour>> = {
  namespaces: namespace,
  pods: pod,
  services: service,
  secrets: secret,
  configmaps: configMap,
  serviceaccounts: named,
  endpoints: named,
  events: { withoutGeneration: true, createOnUpdate: true },
  nodes: named,
  'endpointslices.discovery.k8s.io': { defaults: sliceDefaults },
  'poddisruptionbudgets.policy': { prepare: budgetOnCreate },
  'networkpolicies.networking.k8s.io': { defaults: policyTypeDefaults },
  'leases.coordination.k8s.io': { withoutGeneration: true, createOnUpdate: true },
  'deployments.apps': { defaults: deploymentDefaults, prepare: statusOnCreate, validate: workloadErrors },
  'replicasets.apps': { defaults: replicaSetDefaults, prepare: replicasOnCreate, validate: workloadErrors },
  'statefulsets.apps': { defaults: statefulSetDefaults, prepare: setOnCreate, validate: workloadErrors },
  'daemonsets.apps': { defaults: daemonSetDefaults, prepare: daemonsOnCreate, validate: workloadErrors },
  'jobs.batch': { defaults: jobDefaults, prepare: jobOnCreate },
  'cronjobs.batch': { defaults: cronJobDefaults, prepare: statusOnCreate },
  'horizontalpodautoscalers.autoscaling': {
    withoutGeneration: true,
    defaults: autoscalerDefaults,
    prepare: statusOnCreate,
  },
  'roles.rbac.authorization.k8s.io': rbacRole,
  'clusterroles.rbac.authorization.k8s.io': rbacRole,
  'rolebindings.rbac.authorization.k8s.io': rbacBinding,
  'clusterrolebindings.rbac.authorization.k8s.io': rbacBinding,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': webhookDefaults(true),
  'validatingwebhookconfigurations.admissionregistration.k8s.io': webhookDefaults(false),
  'validatingadmissionpolicies.admissionregistration.k8s.io': policy,
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': plain,
  'customresourcedefinitions.apiextensions.k8s.io': crd,
}

export function behaviourOf(key: string): Behaviour {
  return Object.hasOwn(behaviours, key) ? (behaviours[key] ?? plain) : plain
}

function statusOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before === undefined) object.status = {}
}

function replicasOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before === undefined) object.status = { replicas: 0 }
}

function daemonsOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before !== undefined) return
  object.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 }
}

function setOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before === undefined) object.status = { replicas: 0, availableReplicas: 0 }
}

/** The Job's Pods carry its uid, and it selects them by that. Source: pkg/registry/batch/job/strategy.go generateSelector. */
function jobOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before !== undefined) return
  object.status = {}
  const spec = ensureRecord(object, 'spec')
  if (spec.manualSelector === true) return
  const [uid, name] = [object.metadata.uid ?? '', object.metadata.name]
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  spec.selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } }
  Object.assign(ensureRecord(ensureRecord(ensureRecord(spec, 'template'), 'metadata'), 'labels'), labels)
}

function sliceDefaults(object: KubernetesObject): void {
  for (const each of listAt(object, 'endpoints')) if (isRecord(each)) ensureRecord(each, 'conditions')
  for (const each of listAt(object, 'ports')) {
    if (!isRecord(each)) continue
    fallback(each, 'name', '')
    fallback(each, 'protocol', 'TCP')
  }
}

function budgetOnCreate(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before !== undefined) return
  object.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }
}

function policyTypeDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  const egress = listAt(spec, 'egress').length > 0
  fallback(spec, 'policyTypes', egress ? ['Ingress', 'Egress'] : ['Ingress'])
}
