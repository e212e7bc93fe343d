import { listAt, numberAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ageOf } from './age.ts'
import { eventPrinter } from './event-printer.ts'
import { nodePrinter } from './node-printer.ts'
import { column, pairsText, type Printer } from './printer.ts'

function age(object: KubernetesObject, now: Date): string {
  return ageOf(object.metadata.creationTimestamp, now)
}

function sizeOf(object: KubernetesObject, ...fields: string[]): number {
  return fields.reduce((sum, field) => sum + Object.keys(recordAt(object, field)).length, 0)
}

/** Kinds that hold no Pods. Source: kubernetes pkg/printers/internalversion/printers.go v1.36. */
export const configPrinters: Readonly<Record<string, Printer>> = {
  namespaces: {
    columns: [column('Name'), column('Status'), column('Age')],
    cells: (object, now) => [object.metadata.name, textAt(object, 'status', 'phase') ?? '', age(object, now)],
  },
  nodes: nodePrinter,
  services: {
    columns: [
      column('Name'),
      column('Type'),
      column('Cluster-IP'),
      column('External-IP'),
      column('Port(s)'),
      column('Age'),
      column('Selector', 'string', 1),
    ],
    cells: (object, now) => [
      object.metadata.name,
      textAt(object, 'spec', 'type') ?? '',
      textAt(object, 'spec', 'clusterIP') ?? '<none>',
      externalAddress(object),
      portsText(object),
      age(object, now),
      pairsText(stringsAt(object, 'spec', 'selector')),
    ],
  },
  secrets: {
    columns: [column('Name'), column('Type'), column('Data', 'integer'), column('Age')],
    cells: (object, now) => [
      object.metadata.name,
      textAt(object, 'type') ?? '',
      sizeOf(object, 'data'),
      age(object, now),
    ],
  },
  configmaps: {
    columns: [column('Name'), column('Data', 'integer'), column('Age')],
    cells: (object, now) => [object.metadata.name, sizeOf(object, 'data', 'binaryData'), age(object, now)],
  },
  serviceaccounts: {
    columns: [column('Name'), column('Age')],
    cells: (object, now) => [object.metadata.name, age(object, now)],
  },
  events: eventPrinter,
  'endpointslices.discovery.k8s.io': {
    columns: [column('Name'), column('AddressType'), column('Ports'), column('Endpoints'), column('Age')],
    cells: (object, now) => [
      object.metadata.name,
      textAt(object, 'addressType') ?? '',
      listAt(object, 'ports')
        .map((each) => String(numberAt(each, 'port') ?? '*'))
        .join(',') || '<unset>',
      listAt(object, 'endpoints')
        .flatMap((each) => listAt(each, 'addresses').map(String))
        .join(',') || '<unset>',
      age(object, now),
    ],
  },
  'customresourcedefinitions.apiextensions.k8s.io': {
    columns: [column('Name'), { ...column('Created At', 'date'), format: '' }],
    cells: (object) => [object.metadata.name, object.metadata.creationTimestamp ?? ''],
  },
  'clusterroles.rbac.authorization.k8s.io': {
    columns: [column('Name'), column('Created At', 'date')],
    cells: (object) => [object.metadata.name, object.metadata.creationTimestamp ?? ''],
  },
  'roles.rbac.authorization.k8s.io': {
    columns: [column('Name'), column('Created At', 'date')],
    cells: (object) => [object.metadata.name, object.metadata.creationTimestamp ?? ''],
  },
  'clusterrolebindings.rbac.authorization.k8s.io': bindingPrinter(),
  'rolebindings.rbac.authorization.k8s.io': bindingPrinter(),
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': webhookPrinter(),
  'validatingwebhookconfigurations.admissionregistration.k8s.io': webhookPrinter(),
  'validatingadmissionpolicies.admissionregistration.k8s.io': {
    columns: [column('Name'), column('Validations', 'integer'), column('ParamKind'), column('Age')],
    cells: (object, now) => [
      object.metadata.name,
      listAt(object, 'spec', 'validations').length,
      parameterKind(object),
      age(object, now),
    ],
  },
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': {
    columns: [column('Name'), column('PolicyName'), column('ParamRef'), column('Age')],
    cells: (object, now) => [
      object.metadata.name,
      textAt(object, 'spec', 'policyName') ?? '',
      parameterText(object),
      age(object, now),
    ],
  },
  'leases.coordination.k8s.io': {
    columns: [column('Name'), column('Holder'), column('Age')],
    cells: (object, now) => [object.metadata.name, textAt(object, 'spec', 'holderIdentity') ?? '', age(object, now)],
  },
  'poddisruptionbudgets.policy': {
    columns: [
      column('Name'),
      column('Min Available'),
      column('Max Unavailable'),
      column('Allowed Disruptions', 'integer'),
      column('Age'),
    ],
    cells: (object, now) => [
      object.metadata.name,
      amount(object, 'minAvailable'),
      amount(object, 'maxUnavailable'),
      numberAt(object, 'status', 'disruptionsAllowed') ?? 0,
      age(object, now),
    ],
  },
}

function parameterKind(policy: KubernetesObject): string {
  const { apiVersion, kind } = stringsAt(policy, 'spec', 'paramKind')
  return kind === undefined ? '<unset>' : `${apiVersion ?? ''}/${kind}`
}

function parameterText(binding: KubernetesObject): string {
  const { namespace = '*', name } = stringsAt(binding, 'spec', 'paramRef')
  return name === undefined ? '<unset>' : `${namespace}/${name}`
}

function bindingPrinter(): Printer {
  return {
    columns: [
      column('Name'),
      column('Role'),
      column('Age'),
      column('Users', 'string', 1),
      column('Groups', 'string', 1),
      column('ServiceAccounts', 'string', 1),
    ],
    cells: (object, now) => [
      object.metadata.name,
      `${textAt(object, 'roleRef', 'kind') ?? ''}/${textAt(object, 'roleRef', 'name') ?? ''}`,
      age(object, now),
      ...['User', 'Group', 'ServiceAccount'].map((kind) => subjectsText(object, kind)),
    ],
  }
}

function subjectsText(binding: KubernetesObject, kind: string): string {
  return listAt(binding, 'subjects')
    .filter((each) => textAt(each, 'kind') === kind)
    .map((each) => [textAt(each, 'namespace'), textAt(each, 'name')].filter((part) => part !== undefined).join('/'))
    .join(', ')
}

function webhookPrinter(): Printer {
  return {
    columns: [column('Name'), column('Webhooks', 'integer'), column('Age')],
    cells: (object, now) => [object.metadata.name, listAt(object, 'webhooks').length, age(object, now)],
  }
}

function amount(object: KubernetesObject, field: string): string {
  const value = recordAt(object, 'spec')[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'N/A'
}

function externalAddress(service: KubernetesObject): string {
  const type = textAt(service, 'spec', 'type')
  if (type === 'ExternalName') return textAt(service, 'spec', 'externalName') ?? '<none>'
  const outside = listAt(service, 'spec', 'externalIPs').map(String)
  if (type !== 'LoadBalancer') return outside.join(',') || '<none>'
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress').map(
    (each) => textAt(each, 'ip') ?? textAt(each, 'hostname') ?? '',
  )
  return [...ingress, ...outside].join(',') || '<pending>'
}

function portsText(service: KubernetesObject): string {
  const ports = listAt(service, 'spec', 'ports').map((each) => {
    const node = numberAt(each, 'nodePort')
    const port = String(numberAt(each, 'port') ?? 0)
    return `${node === undefined ? port : `${port}:${node}`}/${textAt(each, 'protocol') ?? 'TCP'}`
  })
  return ports.join(',') || '<none>'
}
