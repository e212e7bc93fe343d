import {
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  sameJson,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import {
  duplicateValue,
  type FieldError,
  forbiddenField,
  invalidValue,
  notSupportedValue,
  required,
} from '../field-errors.ts'
import { labelValueComplaints, nameComplaints, qualifiedNameComplaints } from '../names.ts'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'

/** The checks of workload kinds that clients meet. Source: kubernetes pkg/apis/{core,apps}/validation v1.36. */
export function workloadErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const spec = recordAt(object, 'spec')
  const errors: FieldError[] = []
  const replicas = numberAt(spec, 'replicas')
  if (replicas !== undefined && replicas < 0) {
    errors.push(invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0'))
  }
  errors.push(...selectorErrors(spec))
  errors.push(...labelErrors(recordAt(spec, 'template'), 'spec.template.'))
  errors.push(...podSpecErrors(recordAt(spec, 'template', 'spec'), 'spec.template.spec'))
  const old = recordAt(before, 'spec').selector
  if (before !== undefined && !sameJson(old, spec.selector)) {
    errors.push(invalidValue('spec.selector', spec.selector, 'field is immutable'))
  }
  return errors
}

function selectorErrors(spec: JsonRecord): FieldError[] {
  const errors: FieldError[] = []
  const selector = spec.selector
  const labels = recordAt(spec, 'template', 'metadata').labels
  if (!isRecord(selector)) errors.push(required('spec.selector'))
  else if (selectorRequirements(selector).length === 0) {
    errors.push(invalidValue('spec.selector', selector, 'empty selector is invalid for deployment'))
  }
  if (!isRecord(selector) || !labelsMatch(selectorRequirements(selector), stringsAt(labels))) {
    errors.push(invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'))
  }
  return errors
}

export function podErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const errors = podSpecErrors(recordAt(object, 'spec'), 'spec')
  if (before !== undefined && !sameJson(fixedPart(before), fixedPart(object))) {
    const detail =
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'
    errors.push(forbiddenField('spec', detail))
  }
  return errors
}

/** The parts of a Pod that no update may touch. */
function fixedPart(pod: KubernetesObject): Json {
  const {
    activeDeadlineSeconds: _a,
    tolerations: _t,
    terminationGracePeriodSeconds: _g,
    schedulingGates: _s,
    nodeName: _n,
    ...rest
  } = recordAt(pod, 'spec')
  const imageless = (list: string): Json =>
    listAt(pod, 'spec', list).map((each) => ({ ...recordAt(each), image: '', resources: {} }))
  return { ...rest, containers: imageless('containers'), initContainers: imageless('initContainers') }
}

function podSpecErrors(spec: JsonRecord, path: string): FieldError[] {
  const errors: FieldError[] = []
  const volumes = new Set(listAt(spec, 'volumes').map((each) => textAt(each, 'name')))
  const names = new Set<string>()
  if (listAt(spec, 'containers').length === 0) errors.push(required(`${path}.containers`))
  for (const list of ['initContainers', 'containers']) {
    for (const [index, each] of listAt(spec, list).entries()) {
      const at = `${path}.${list}[${index}]`
      errors.push(...containerErrors(recordAt(each), at, volumes))
      const name = textAt(each, 'name') ?? ''
      if (name !== '' && names.has(name)) errors.push(duplicateValue(`${at}.name`, name))
      names.add(name)
    }
  }
  const policies = ['Always', 'OnFailure', 'Never']
  if (!policies.includes(textAt(spec, 'restartPolicy') ?? '')) {
    errors.push(notSupportedValue(`${path}.restartPolicy`, spec.restartPolicy, policies))
  }
  return errors
}

function containerErrors(container: JsonRecord, path: string, volumes: Set<string | undefined>): FieldError[] {
  const errors: FieldError[] = []
  const name = textAt(container, 'name') ?? ''
  if (name === '') errors.push(required(`${path}.name`))
  else for (const each of nameComplaints('label', name)) errors.push(invalidValue(`${path}.name`, name, each))
  if ((textAt(container, 'image') ?? '') === '') errors.push(required(`${path}.image`))
  return [...errors, ...portErrors(container, path), ...mountErrors(container, path, volumes)]
}

function portErrors(container: JsonRecord, path: string): FieldError[] {
  return listAt(container, 'ports').flatMap((port, index) => {
    const number = numberAt(port, 'containerPort') ?? 0
    const at = `${path}.ports[${index}].containerPort`
    if (number === 0) return [required(at)]
    if (number > 0 && number < 65_536) return []
    return [invalidValue(at, number, 'must be between 1 and 65535, inclusive')]
  })
}

function mountErrors(container: JsonRecord, path: string, volumes: Set<string | undefined>): FieldError[] {
  return listAt(container, 'volumeMounts').flatMap((mount, index): FieldError[] => {
    const volume = textAt(mount, 'name') ?? ''
    if (volumes.has(volume)) return []
    const head = `Not found: ${JSON.stringify(volume)}`
    return [{ reason: 'FieldValueNotFound', field: `${path}.volumeMounts[${index}].name`, head, detail: '' }]
  })
}

/** Label keys and values, and annotation keys, of metadata here or in a template. */
export function labelErrors(holder: JsonRecord, prefix: string): FieldError[] {
  const errors: FieldError[] = []
  for (const [key, value] of Object.entries(stringsAt(holder, 'metadata', 'labels'))) {
    const field = `${prefix}metadata.labels`
    for (const each of qualifiedNameComplaints(key)) errors.push(invalidValue(field, key, each))
    for (const each of labelValueComplaints(value)) errors.push(invalidValue(field, value, each))
  }
  for (const key of Object.keys(stringsAt(holder, 'metadata', 'annotations'))) {
    for (const each of qualifiedNameComplaints(key.toLowerCase())) {
      errors.push(invalidValue(`${prefix}metadata.annotations`, key, each))
    }
  }
  return errors
}
