import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { ageOf } from './age.ts'
import { column, type Printer } from './printer.ts'

/** Source: kubernetes pkg/printers/internalversion/printers.go printNode v1.36. */
export const nodePrinter: Printer = {
  columns: [
    column('Name'),
    column('Status'),
    column('Roles'),
    column('Age'),
    column('Version'),
    column('Internal-IP', 'string', 1),
    column('External-IP', 'string', 1),
    column('OS-Image', 'string', 1),
    column('Kernel-Version', 'string', 1),
    column('Container-Runtime', 'string', 1),
  ],
  cells: (node, now) => {
    const info = (key: string): string => textAt(node, 'status', 'nodeInfo', key) ?? ''
    const known = (key: string): string => info(key) || '<unknown>'
    const architecture = info('architecture')
    return [
      node.metadata.name,
      statusOf(node),
      rolesOf(node),
      ageOf(node.metadata.creationTimestamp, now),
      info('kubeletVersion'),
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      known('osImage'),
      architecture === '' ? known('kernelVersion') : `${known('kernelVersion')} (${architecture})`,
      known('containerRuntimeVersion'),
    ]
  },
}

function statusOf(node: KubernetesObject): string {
  const ready = listAt(node, 'status', 'conditions').find((each) => textAt(each, 'type') === 'Ready')
  const word = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady'
  return isRecord(node.spec) && node.spec.unschedulable === true ? `${word},SchedulingDisabled` : word
}

function rolesOf(node: KubernetesObject): string {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.keys(labelsOf(node))
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length))
  return roles.sort().join(',') || '<none>'
}

function addressOf(node: KubernetesObject, type: string): string {
  const found = listAt(node, 'status', 'addresses').find((each) => textAt(each, 'type') === type)
  return textAt(found, 'address') ?? '<none>'
}
