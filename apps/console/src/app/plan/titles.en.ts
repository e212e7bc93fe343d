import type { IntentType } from '@orbweaver/contracts/intent'

/** What a plan would do, in words. An intent without a title does not compile. */
export const titles: Record<IntentType, string> = {
  'clusters.prepare-hub': 'Prepare this hub',
  'clusters.register': 'Register cluster {name}',
  'clusters.remove': 'Remove cluster {name}',
  'meshes.create': 'Create mesh {name}',
  'meshes.update': 'Change mesh {name}',
  'meshes.join': 'Join clusters to mesh {name}',
  'meshes.leave': 'Take clusters out of mesh {name}',
  'meshes.repair': 'Repair mesh {name}',
  'meshes.delete': 'Delete mesh {name}',
  'sidecars.namespaces': 'Change injection of namespaces in mesh {mesh}',
  'sidecars.workloads': 'Change injection of workloads in mesh {mesh}',
  'sidecars.restart': 'Restart workloads in mesh {mesh}',
  'objects.create': 'Create {kind} {name}',
  'objects.edit': 'Change {kind} {name}',
  'objects.delete': 'Delete {kind} {name}',
  'history.undo': 'Undo change {change}',
}

/** The button that executes it: the verb, nothing else. */
export const verbs: Record<IntentType, string> = {
  'clusters.prepare-hub': 'Prepare the hub',
  'clusters.register': 'Register cluster',
  'clusters.remove': 'Remove cluster',
  'meshes.create': 'Create mesh',
  'meshes.update': 'Apply changes',
  'meshes.join': 'Join mesh',
  'meshes.leave': 'Leave mesh',
  'meshes.repair': 'Repair mesh',
  'meshes.delete': 'Delete mesh',
  'sidecars.namespaces': 'Change injection',
  'sidecars.workloads': 'Change injection',
  'sidecars.restart': 'Restart workloads',
  'objects.create': 'Create object',
  'objects.edit': 'Apply changes',
  'objects.delete': 'Delete object',
  'history.undo': 'Undo',
}
