import { isRecord, listAt, numberAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { ageOf } from './age.ts'
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
  nodes: {
    columns: [column('Name'), column('Status'), column('Roles'), column('Age'), column('Version')],
    cells: (object, now) => [
      object.metadata.name,
      nodeStatus(object),
      nodeRoles(object),
      age(object, now),
      textAt(object, 'status', 'nodeInfo', 'kubeletVersion') ?? '',
    ],
  },
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
  events: {
    columns: [column('Last Seen'), column('Type'), column('Reason'), column('Object'), column('Message')],
    cells: (object, now) => [
      ageOf(textAt(object, 'lastTimestamp') ?? textAt(object, 'eventTime') ?? object.metadata.creationTimestamp, now),
      textAt(object, 'type') ?? '',
      textAt(object, 'reason') ?? '',
      `${(textAt(object, 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(object, 'involvedObject', 'name') ?? ''}`,
      (textAt(object, 'message') ?? '').trim(),
    ],
  },
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

function bindingPrinter(): Printer {
  return {
    columns: [column('Name'), column('Role'), column('Age')],
    cells: (object, now) => [
      object.metadata.name,
      `${textAt(object, 'roleRef', 'kind') ?? ''}/${textAt(object, 'roleRef', 'name') ?? ''}`,
      age(object, now),
    ],
  }
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

function nodeStatus(node: KubernetesObject): string {
  const ready = listAt(node, 'status', 'conditions').find((each) => textAt(each, 'type') === 'Ready')
  const word = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady'
  return isRecord(node.spec) && node.spec.unschedulable === true ? `${word},SchedulingDisabled` : word
}

function nodeRoles(node: KubernetesObject): string {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.keys(labelsOf(node))
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length))
  return roles.sort().join(',') || '<none>'
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
